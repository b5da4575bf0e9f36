#include "gates/statistics/confidence_sequence.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "gates/statistics/random.h"

namespace modelgate {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

/// The difference of two models on one row: `discordant` of the rows differ, the first wins by `drop`.
double paired_row(RandomStream& random, double discordant, double drop) {
  const double u = random.unit();
  return u < (discordant + drop) / 2 ? 1 : u < discordant ? -1 : 0;
}

struct Misses {
  int lower = 0, upper = 0;
};

/// How often either bound excludes the true mean at any of 1,000 times.
template <typename Draw>
Misses count_misses(Interval range, double mean, std::int64_t planned, int sequences, const Draw& draw) {
  Misses misses;
  for (int i = 0; i < sequences; ++i) {
    RandomStream random(51, static_cast<std::uint64_t>(i));
    ConfidenceSequence sequence(range, 0.05, planned);
    for (int t = 0; t < 1'000; ++t) sequence.add(draw(random));
    misses.lower += sequence.bounds().lower > mean;  // bounds never widen: the last ones tell of all times
    misses.upper += sequence.bounds().upper < mean;
  }
  return misses;
}

TEST(ConfidenceSequenceTest, covers_the_mean_at_all_times_at_once) {
  constexpr int sequences = 600;
  // 5 % of 600 are 30, and 45 would be 2.8 standard errors more.
  for (const std::int64_t planned : {0, 100, 1'000}) {
    for (const double drop : {0.0, 0.03}) {
      const Misses rows = count_misses({-1, 1}, drop, planned, sequences,
                                       [&](RandomStream& random) { return paired_row(random, 0.1, drop); });
      EXPECT_LE(rows.lower, 45);
      EXPECT_LE(rows.upper, 45);
    }
    const Misses rare = count_misses({0, 1}, 0.01, planned, sequences,
                                     [](RandomStream& random) { return random.unit() < 0.01 ? 1.0 : 0.0; });
    EXPECT_LE(rare.lower, 45);
    EXPECT_LE(rare.upper, 45);
    const Misses coin = count_misses({10, 30}, 20, planned, sequences,
                                     [](RandomStream& random) { return random.unit() < 0.5 ? 10.0 : 30.0; });
    EXPECT_LE(coin.lower, 45);
    EXPECT_LE(coin.upper, 45);
    EXPECT_GE(coin.lower + coin.upper, 3) << "so wide that it says nothing";
  }
}

TEST(ConfidenceSequenceTest, is_at_most_twice_as_wide_as_a_fixed_sample) {
  for (const auto& [planned, times] : {std::pair<std::int64_t, double>{0, 2.0}, {2'000, 1.6}}) {
    RandomStream random(52, 0);
    ConfidenceSequence sequence({-1, 1}, 0.05, planned);
    for (int t = 0; t < 2'000; ++t) sequence.add(paired_row(random, 0.1, 0));
    const double fixed = 1.645 * std::sqrt(0.1 / 2'000);
    EXPECT_LT(sequence.bounds().upper - sequence.bounds().lower, 2 * times * fixed) << planned;
    EXPECT_GT(sequence.bounds().upper - sequence.bounds().lower, 2 * fixed) << planned;
  }
}

// By hand: ½ and ¼ come before all values, and the first weight is capped at ½.
TEST(ConfidenceSequenceTest, gives_the_bounds_that_the_formula_gives) {
  ConfidenceSequence sequence({0, 1}, 0.05);
  sequence.add(1);
  const double log20 = std::log(20), capped = std::log(2) - 0.5;
  EXPECT_EQ(sequence.bounds().upper, 1);
  EXPECT_EQ(sequence.bounds().lower, 0);
  EXPECT_DOUBLE_EQ(sequence.p_greater(0.2), std::exp(-(0.5 * (1 - 0.2) - 0.25 * capped)));
  for (int t = 1; t < 30; ++t) sequence.add(1);
  double weight = 0, cost = 0, squares = 0;
  for (int t = 1; t <= 30; ++t) {
    const double before = (t - 0.5) / t, variance = (0.25 + squares) / t;
    const double w = std::min(0.5, std::sqrt(2 * log20 / (variance * t * std::log(1.0 + t))));
    weight += w;
    cost += (1 - before) * (1 - before) * (-std::log(1 - w) - w);
    squares += std::pow(1 - (t + 0.5) / (t + 1), 2);
  }
  EXPECT_NEAR(sequence.bounds().lower, 1 - (log20 + cost) / weight, 1e-12);
}

TEST(ConfidenceSequenceTest, decides_the_same_by_bound_and_by_p_value) {
  RandomStream random(53, 0);
  ConfidenceSequence sequence({-1, 1}, 0.05);
  for (int t = 0; t < 500; ++t) {
    sequence.add(paired_row(random, 0.2, 0.1));
    const Interval bounds = sequence.bounds();
    if (bounds.lower > -1) {
      EXPECT_NEAR(sequence.p_greater(bounds.lower), 0.05, 1e-9);
    }
    if (bounds.upper < 1) {
      EXPECT_NEAR(sequence.p_less(bounds.upper), 0.05, 1e-9);
    }
  }
  EXPECT_LT(sequence.p_greater(-0.2), 0.001);
  EXPECT_EQ(sequence.p_greater(1), 1);
}

TEST(ConfidenceSequenceTest, never_widens_mirrors_and_knows_no_scale) {
  RandomStream random(54, 0);
  ConfidenceSequence sequence({0, 1}, 0.05), mirrored({-1, 0}, 0.05), scaled({100, 300}, 0.05);
  Interval before = sequence.bounds();
  for (int t = 0; t < 300; ++t) {
    const double x = random.unit() * random.unit();
    sequence.add(x);
    mirrored.add(-x);
    scaled.add(100 + 200 * x);
    EXPECT_GE(sequence.bounds().lower, before.lower);
    EXPECT_LE(sequence.bounds().upper, before.upper);
    before = sequence.bounds();
  }
  EXPECT_NEAR(mirrored.bounds().lower, -sequence.bounds().upper, 1e-12);
  EXPECT_NEAR(scaled.bounds().lower, 100 + 200 * sequence.bounds().lower, 1e-9);
  EXPECT_NEAR(scaled.p_greater(130), sequence.p_greater(0.15), 1e-9);
  EXPECT_NEAR(scaled.mean(), 100 + 200 * sequence.mean(), 1e-9);
  EXPECT_EQ(sequence.count(), 300);
}

TEST(ConfidenceSequenceTest, knows_nothing_before_the_first_value) {
  const ConfidenceSequence sequence({-1, 1}, 0.05);
  EXPECT_EQ(sequence.bounds().lower, -1);
  EXPECT_EQ(sequence.bounds().upper, 1);
  EXPECT_EQ(sequence.p_greater(0), 1);
  EXPECT_THROW(sequence.mean(), std::invalid_argument);
}

TEST(ConfidenceSequenceTest, refuses_empty_ranges_values_outside_and_nan) {
  EXPECT_THROW(ConfidenceSequence({1, 1}, 0.05), std::invalid_argument);
  EXPECT_THROW(ConfidenceSequence({1, -1}, 0.05), std::invalid_argument);
  EXPECT_THROW(ConfidenceSequence({nan, 1}, 0.05), std::invalid_argument);
  EXPECT_THROW(ConfidenceSequence({0, infinity}, 0.05), std::invalid_argument);
  EXPECT_THROW(ConfidenceSequence({-1e308, 1e308}, 0.05), std::invalid_argument);
  EXPECT_THROW(ConfidenceSequence({0, 1}, nan), std::invalid_argument);
  EXPECT_THROW(ConfidenceSequence({0, 1}, 0), std::invalid_argument);
  EXPECT_THROW(ConfidenceSequence({0, 1}, 0.05, -1), std::invalid_argument);
  ConfidenceSequence sequence({0, 1}, 0.05);
  EXPECT_THROW(sequence.add(1.01), std::invalid_argument);
  EXPECT_THROW(sequence.add(nan), std::invalid_argument);
  EXPECT_THROW(sequence.p_less(nan), std::invalid_argument);
  EXPECT_EQ(sequence.count(), 0);
}

}  // namespace
}  // namespace modelgate
