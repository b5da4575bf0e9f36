#include "gates/statistics/bootstrap.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "gates/statistics/random.h"

namespace modelgate {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// The mean of values[u], each weighted by its count.
Statistic mean_of(const std::vector<double>& values) {
  return [values](std::span<const std::int64_t> counts) {
    double sum = 0, n = 0;
    for (std::size_t u = 0; u < counts.size(); ++u) {
      sum += static_cast<double>(counts[u]) * values[u];
      n += static_cast<double>(counts[u]);
    }
    return sum / n;
  };
}

std::vector<double> skewed(int n) {
  RandomStream random(6, 0);
  std::vector<double> values;
  for (int i = 0; i < n; ++i) values.push_back(-std::log(1 - random.unit()));
  return values;
}

TEST(BootstrapTest, gives_the_same_bits_on_any_number_of_threads) {
  const auto values = skewed(50);
  const std::vector<std::int64_t> once(values.size(), 1);
  const Bootstrap one = bootstrap(once, mean_of(values), {.resamples = 2'000, .seed = 7, .threads = 1});
  const Bootstrap four = bootstrap(once, mean_of(values), {.resamples = 2'000, .seed = 7, .threads = 4});
  const Bootstrap all = bootstrap(once, mean_of(values), {.resamples = 2'000, .seed = 7});
  EXPECT_EQ(one.replicates, four.replicates);
  EXPECT_EQ(one.replicates, all.replicates);
  EXPECT_EQ(one.acceleration, four.acceleration);
  EXPECT_EQ(one.p_greater(1), four.p_greater(1));
  const Bootstrap other = bootstrap(once, mean_of(values), {.resamples = 2'000, .seed = 8, .threads = 1});
  EXPECT_NE(one.replicates, other.replicates);
}

// Written down once: a change of the generator would change verdicts that users have kept.
TEST(BootstrapTest, draws_the_documented_stream) {
  RandomStream random(20'140'919, 3);
  const std::uint64_t first = random.next();
  RandomStream again(20'140'919, 3), other(20'140'919, 4);
  EXPECT_EQ(again.next(), first);
  EXPECT_NE(other.next(), first);
  std::vector<int> seen(6);
  for (int i = 0; i < 60'000; ++i) ++seen[again.below(6)];
  for (const int count : seen) EXPECT_NEAR(count, 10'000, 400);
}

TEST(BootstrapTest, replicates_have_the_mean_and_spread_that_theory_says) {
  const auto values = skewed(80);
  const std::vector<std::int64_t> once(values.size(), 1);
  const Bootstrap result = bootstrap(once, mean_of(values));
  double mean = 0, squares = 0, variance = 0;
  for (const double v : values) mean += v / 80;
  for (const double v : values) variance += (v - mean) * (v - mean) / 80 / 80;
  for (const double r : result.replicates) squares += (r - mean) * (r - mean) / 10'000;
  EXPECT_DOUBLE_EQ(result.estimate, mean);
  EXPECT_NEAR(squares / variance, 1, 0.05);
}

// For the mean the acceleration is known: Σd³ / (6 (Σd²)^1.5), d the distances from the mean.
TEST(BootstrapTest, accelerates_by_the_skewness_of_the_data) {
  const std::vector<double> values{1, 2, 3, 10};
  const std::vector<std::int64_t> once(4, 1);
  const Bootstrap result = bootstrap(once, mean_of(values));
  const double cubes = -27 - 8 - 1 + 216, squares = 9 + 4 + 1 + 36;
  EXPECT_NEAR(result.acceleration, cubes / (6 * std::pow(squares, 1.5)), 1e-12);
}

TEST(BootstrapTest, counts_of_equal_rows_say_the_same_as_the_rows) {
  const std::vector<std::int64_t> once(10, 1), table{7, 3};
  const std::vector<double> rows{0, 0, 0, 0, 0, 0, 0, 1, 1, 1}, cells{0, 1};
  const Bootstrap a = bootstrap(once, mean_of(rows)), b = bootstrap(table, mean_of(cells));
  EXPECT_EQ(a.replicates, b.replicates);
  EXPECT_NEAR(a.acceleration, b.acceleration, 1e-15);
}

TEST(BootstrapTest, mirrors_when_the_statistic_does) {
  const auto values = skewed(40);
  std::vector<double> minus;
  for (const double v : values) minus.push_back(-v);
  const std::vector<std::int64_t> once(values.size(), 1);
  const Bootstrap a = bootstrap(once, mean_of(values)), b = bootstrap(once, mean_of(minus));
  EXPECT_NEAR(a.bounds(0.05).lower, -b.bounds(0.05).upper, 1e-12);
  EXPECT_NEAR(a.bounds(0.05).upper, -b.bounds(0.05).lower, 1e-12);
  EXPECT_NEAR(a.p_greater(0.9), b.p_less(-0.9), 1e-12);
}

TEST(BootstrapTest, decides_the_same_by_bound_and_by_p_value) {
  const auto values = skewed(60);
  const std::vector<std::int64_t> once(values.size(), 1);
  const Bootstrap result = bootstrap(once, mean_of(values));
  EXPECT_NEAR(result.p_greater(result.bounds(0.05).lower), 0.05, 2e-3);
  EXPECT_NEAR(result.p_less(result.bounds(0.05).upper), 0.05, 2e-3);
}

TEST(BootstrapTest, never_claims_more_than_the_number_of_resamples_can_show) {
  const auto values = skewed(60);
  const std::vector<std::int64_t> once(values.size(), 1);
  const Bootstrap result = bootstrap(once, mean_of(values), {.resamples = 999});
  EXPECT_GE(result.p_greater(-100), 0.001);
  EXPECT_EQ(result.p_greater(100), 1);
}

TEST(BootstrapTest, bounds_cover_a_skewed_mean_about_as_often_as_promised) {
  int missed_below = 0, missed_above = 0;
  constexpr int trials = 300;
  for (int trial = 0; trial < trials; ++trial) {
    RandomStream random(9, static_cast<std::uint64_t>(trial));
    std::vector<double> values;
    for (int i = 0; i < 60; ++i) values.push_back(-std::log(1 - random.unit()));
    const std::vector<std::int64_t> once(values.size(), 1);
    const Interval bounds = bootstrap(once, mean_of(values), {.resamples = 1'000}).bounds(0.05);
    missed_below += bounds.lower > 1;
    missed_above += bounds.upper < 1;
  }
  // 5 % of 300 are 15; the upper bound of a mean of 60 exponentials misses somewhat more often.
  EXPECT_LT(missed_below, 27);
  EXPECT_LT(missed_above, 36);
  EXPECT_GT(missed_below, 4);
  EXPECT_GT(missed_above, 4);
}

TEST(BootstrapTest, says_so_when_every_resample_is_equal_and_proves_nothing_by_it) {
  const std::vector<std::int64_t> once(20, 1);
  const Bootstrap result = bootstrap(once, mean_of(std::vector<double>(20, 0.5)));
  EXPECT_TRUE(result.degenerate());
  EXPECT_EQ(result.p_greater(0), 1);
  EXPECT_EQ(result.p_less(1), 1);
  EXPECT_TRUE(std::isinf(result.bounds(0.05).upper));
}

TEST(BootstrapTest, says_so_when_the_statistic_is_often_not_defined) {
  // A mean over the units of one kind only, of which there is one among twenty: often none is drawn.
  const Statistic rare = [](std::span<const std::int64_t> counts) {
    return counts[0] == 0 ? nan : static_cast<double>(counts[0]);
  };
  const std::vector<std::int64_t> once(20, 1);
  const Bootstrap result = bootstrap(once, rare);
  EXPECT_NEAR(static_cast<double>(result.undefined) / 10'000, std::pow(0.95, 20), 0.02);
  EXPECT_TRUE(result.degenerate());
}

TEST(BootstrapTest, is_not_decided_by_a_statistic_that_is_not_a_number) {
  const std::vector<std::int64_t> once(20, 1);
  const Bootstrap result = bootstrap(once, [](auto) { return nan; });
  EXPECT_TRUE(result.degenerate());
  EXPECT_EQ(result.p_greater(0), 1);
}

TEST(BootstrapTest, refuses_too_few_units_and_impossible_settings) {
  const Statistic zero = [](auto) { return 0.0; };
  const std::vector<std::int64_t> one{1}, negative{3, -1}, two{1, 1}, huge{std::int64_t{1} << 33};
  EXPECT_THROW(bootstrap({}, zero), std::invalid_argument);
  EXPECT_THROW(bootstrap(one, zero), std::invalid_argument);
  EXPECT_THROW(bootstrap(negative, zero), std::invalid_argument);
  EXPECT_THROW(bootstrap(huge, zero), std::invalid_argument);
  EXPECT_THROW(bootstrap(two, zero, {.resamples = 10}), std::invalid_argument);
  EXPECT_THROW(bootstrap(two, mean_of({1, 2})).p_greater(nan), std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
