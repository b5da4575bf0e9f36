#include "gates/statistics/group_sequential.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "gates/statistics/distributions.h"
#include "gates/statistics/random.h"
#include "gates/statistics/t_interval.h"

namespace modelgate {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double z95 = 1.6448536269514722;

struct Published {
  int looks;
  double value;
};

// Pocock 1977; Jennison & Turnbull 2000, table 2.1 (two-sided 5 %).
TEST(PocockTest, gives_the_published_boundaries) {
  for (const auto& [looks, value] :
       {Published{1, 1.960}, {2, 2.178}, {3, 2.289}, {4, 2.361}, {5, 2.413}, {10, 2.555}}) {
    EXPECT_NEAR(pocock_boundary(looks, 0.05, Sides::two), value, 5e-4) << looks;
  }
}

// O'Brien & Fleming 1979; Jennison & Turnbull 2000, table 2.3 (two-sided 5 %).
TEST(ObrienFlemingTest, gives_the_published_boundaries) {
  for (const auto& [looks, value] :
       {Published{1, 1.960}, {2, 1.977}, {3, 2.004}, {4, 2.024}, {5, 2.040}, {10, 2.087}}) {
    EXPECT_NEAR(obrien_fleming_boundary(looks, 0.05, Sides::two), value, 5.2e-4) << looks;
  }
}

// Armitage, McPherson & Rowe 1969, table 2 (two-sided 5 %).
TEST(PeekingErrorTest, gives_the_published_chances_of_a_false_alarm) {
  for (const auto& [looks, value] :
       {Published{1, 0.050}, {2, 0.083}, {3, 0.107}, {4, 0.126}, {5, 0.142}, {10, 0.193}}) {
    EXPECT_NEAR(peeking_error(looks, 0.05, Sides::two), value, 5e-4) << looks;
  }
  EXPECT_NEAR(peeking_error(5, 0.05, Sides::one), 0.130, 5e-4);
}

// One-sided, with Student's t instead of a known spread and five pairs more at each look, five uncorrected
// looks come to about 13.6 % (14.2 % two-sided and 13.0 % one-sided are the limits for large samples).
TEST(PeekingErrorTest, is_worse_for_small_samples_with_students_t) {
  constexpr int trials = 20'000;
  int alarms = 0;
  for (int trial = 0; trial < trials; ++trial) {
    RandomStream random(41, static_cast<std::uint64_t>(trial));
    std::vector<double> x;
    bool alarm = false;
    for (int look = 0; look < 5; ++look) {
      for (int i = 0; i < 5; ++i) x.push_back(normal_quantile(random.unit() + 0x1p-54));
      alarm = alarm || mean_estimate(x).p_greater(0) <= 0.05;
    }
    alarms += alarm;
  }
  EXPECT_NEAR(alarms / double{trials}, 0.136, 0.006);
}

// A miss of 20 % at each of five tries, of which the best counts.
TEST(PeekingErrorTest, of_rerunning_until_it_is_green_is_worse_still) {
  EXPECT_NEAR(binomial_at_least(1, 5, 0.2), 0.67, 0.005);
}

// Lan & DeMets 1983: O'Brien–Fleming spending 2(1 − Φ(z/√t)) with two-sided 5 %, five equal looks.
TEST(SpendingBoundariesTest, gives_the_published_boundaries_of_lan_and_demets) {
  const std::vector<double> information{0.2, 0.4, 0.6, 0.8, 1};
  std::vector<double> spent;
  for (const double t : information) spent.push_back(2 * normal_upper(2.241402727604947 / std::sqrt(t)));
  const std::vector<double> boundaries = spending_boundaries(information, spent);
  const std::vector<double> published{4.8769, 3.3569, 2.6803, 2.2898, 2.0310};
  for (std::size_t k = 0; k < 5; ++k) EXPECT_NEAR(boundaries[k], published[k], 2e-4) << k;
}

TEST(SpendingBoundariesTest, spend_what_they_are_told_at_each_look) {
  const std::vector<double> information{10, 20, 40, 50}, spent{0.0125, 0.0125, 0.03, 0.05};
  const std::vector<double> boundaries = spending_boundaries(information, spent);
  EXPECT_EQ(boundaries[1], infinity);
  std::vector<Look> looks;
  for (std::size_t k = 0; k < 4; ++k) looks.push_back({information[k], -infinity, boundaries[k]});
  const Crossing crossing = crossing_probabilities(looks);
  double total = 0;
  for (std::size_t k = 0; k < 4; ++k) EXPECT_NEAR(total += crossing.upper[k], spent[k], 1e-12) << k;
  EXPECT_EQ(crossing.total_lower(), 0);
}

// The factors by which designs with five looks and 90 % power exceed a single look (Jennison & Turnbull 2000,
// tables 2.2 and 2.4): 1.207 and 1.026.
TEST(CrossingTest, has_the_published_power_at_the_published_sample_sizes) {
  const double single = -normal_quantile(0.025) - normal_quantile(0.1);
  std::vector<Look> pocock, falling;
  for (int k = 1; k <= 5; ++k) {
    const double c = pocock_boundary(5, 0.05, Sides::two), b = obrien_fleming_boundary(5, 0.05, Sides::two);
    pocock.push_back({k / 5.0, -c, c});
    falling.push_back({k / 5.0, -b * std::sqrt(5.0 / k), b * std::sqrt(5.0 / k)});
  }
  EXPECT_NEAR(crossing_probabilities(pocock, single * std::sqrt(1.207)).total_upper(), 0.9, 5e-4);
  EXPECT_NEAR(crossing_probabilities(falling, single * std::sqrt(1.026)).total_upper(), 0.9, 5e-4);
}

TEST(CrossingTest, of_one_look_is_the_normal_tail_and_of_two_the_bivariate_one) {
  const std::vector<Look> one{{4, -1, 2}};
  EXPECT_DOUBLE_EQ(crossing_probabilities(one, 0.5).upper[0], normal_upper(1));
  EXPECT_DOUBLE_EQ(crossing_probabilities(one, 0.5).lower[0], normal_lower(-2));
  const std::vector<Look> two{{0.5, -infinity, z95}, {1, -infinity, z95}};
  EXPECT_NEAR(1 - crossing_probabilities(two).total_upper(), normal_lower_both(z95, std::sqrt(0.5)), 1e-13);
  const std::vector<Look> close{{1, -infinity, z95}, {1.0001, -infinity, z95}};
  EXPECT_NEAR(1 - crossing_probabilities(close).total_upper(), normal_lower_both(z95, std::sqrt(1 / 1.0001)),
              1e-11);
}

TEST(CrossingTest, agrees_with_drawing_paths_of_uneven_looks) {
  const std::vector<Look> looks{{5, -1, 2.2}, {12, -0.5, 1.9}, {13, -infinity, 1.7}, {40, 0.9, 1.4}};
  constexpr int trials = 100'000;
  std::vector<int> upper(4), lower(4);
  for (int trial = 0; trial < trials; ++trial) {
    RandomStream random(42, static_cast<std::uint64_t>(trial));
    double s = 0, before = 0;
    for (std::size_t k = 0; k < looks.size(); ++k) {
      const double step = looks[k].information - before;
      before = looks[k].information;
      s += 0.2 * step + std::sqrt(step) * normal_quantile(random.unit() + 0x1p-54);
      const double z = s / std::sqrt(before);
      upper[k] += z >= looks[k].upper;
      lower[k] += z <= looks[k].lower;
      if (z >= looks[k].upper || z <= looks[k].lower) break;
    }
  }
  const Crossing crossing = crossing_probabilities(looks, 0.2);
  for (std::size_t k = 0; k < looks.size(); ++k) {
    EXPECT_NEAR(upper[k] / double{trials}, crossing.upper[k], 0.006) << k;
    EXPECT_NEAR(lower[k] / double{trials}, crossing.lower[k], 0.006) << k;
  }
}

TEST(CrossingTest, mirrors_and_knows_no_scale) {
  const std::vector<Look> looks{{1, -1.5, 2}, {2, -1.2, 1.8}, {5, 0, 1}},
      mirrored{{1, -2, 1.5}, {2, -1.8, 1.2}, {5, -1, 0}};
  std::vector<Look> scaled = looks;
  for (Look& look : scaled) look.information *= 100;
  const Crossing a = crossing_probabilities(looks, 0.4), b = crossing_probabilities(mirrored, -0.4);
  const Crossing c = crossing_probabilities(scaled, 0.04);
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_NEAR(a.upper[k], b.lower[k], 1e-14);
    EXPECT_NEAR(a.upper[k], c.upper[k], 1e-12);
  }
}

TEST(CrossingTest, counts_everybody_when_the_last_boundaries_leave_no_gap) {
  std::vector<Look> looks;
  for (int k = 1; k <= 30; ++k) looks.push_back({k * 1.0, -2 + k * 0.05, 3 - k * 0.05});
  looks.push_back({31, 0, 1e-12});
  const Crossing crossing = crossing_probabilities(looks, 0.1);
  EXPECT_NEAR(crossing.total_lower() + crossing.total_upper(), 1, 1e-9);
}

TEST(GroupSequentialTest, refuses_impossible_looks_and_nan) {
  EXPECT_THROW(crossing_probabilities({}), std::invalid_argument);
  for (const double wrong : {nan, 0.0, -1.0}) {
    EXPECT_THROW(crossing_probabilities(std::vector<Look>{{wrong, -1, 1}}), std::invalid_argument);
  }
  EXPECT_THROW(crossing_probabilities(std::vector<Look>{{1, -1, nan}}), std::invalid_argument);
  EXPECT_THROW(crossing_probabilities(std::vector<Look>{{1, 1, 1}}), std::invalid_argument);
  EXPECT_THROW(crossing_probabilities(std::vector<Look>{{1, -1, 1}, {1, -1, 1}}), std::invalid_argument);
  EXPECT_THROW(crossing_probabilities(std::vector<Look>{{infinity, -1, 1}}), std::invalid_argument);
  EXPECT_THROW(crossing_probabilities(std::vector<Look>{{1, -1, 1}}, nan), std::invalid_argument);
  EXPECT_THROW(crossing_probabilities(std::vector<Look>{{1, -1, 1}}, infinity), std::invalid_argument);
  EXPECT_THROW(spending_boundaries({}, {}), std::invalid_argument);
  EXPECT_THROW(spending_boundaries(std::vector{1.0}, std::vector{nan}), std::invalid_argument);
  EXPECT_THROW(spending_boundaries(std::vector{1.0}, std::vector{0.0}), std::invalid_argument);
  EXPECT_THROW(spending_boundaries(std::vector{1.0, 2.0}, std::vector{0.05, 0.04}), std::invalid_argument);
  EXPECT_THROW(spending_boundaries(std::vector{1.0, 2.0}, std::vector{0.05}), std::invalid_argument);
  EXPECT_THROW(pocock_boundary(0, 0.05, Sides::two), std::invalid_argument);
  EXPECT_THROW(pocock_boundary(5, nan, Sides::two), std::invalid_argument);
  EXPECT_THROW(obrien_fleming_boundary(5, 0, Sides::one), std::invalid_argument);
  EXPECT_THROW(peeking_error(5, 0.6, Sides::one), std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
