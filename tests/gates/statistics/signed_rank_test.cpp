#include "gates/statistics/signed_rank.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "gates/statistics/random.h"

namespace modelgate {
namespace {

// Hollander & Wolfe, table 3.1: depression factors of nine patients before and after tranquillisers.
const std::vector<double> before{1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};
const std::vector<double> after{0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};

std::vector<double> depression() {
  std::vector<double> differences;
  for (std::size_t i = 0; i < before.size(); ++i) differences.push_back(before[i] - after[i]);
  return differences;
}

TEST(SignedRankTest, gives_the_published_result_on_depression) {
  const SignedRankTest test = signed_rank(depression());
  EXPECT_EQ(test.statistic, 40);
  EXPECT_EQ(test.method, RankMethod::exact);
  EXPECT_DOUBLE_EQ(test.p_two_sided, 0.0390625);
  EXPECT_DOUBLE_EQ(test.p_greater, 0.01953125);
}

TEST(WalshEstimateTest, gives_the_published_estimate_and_interval_on_depression) {
  const HodgesLehmann estimate = walsh_estimate(depression(), 0.025);
  EXPECT_NEAR(estimate.estimate, 0.46, 1e-12);
  EXPECT_NEAR(estimate.bounds.lower, 0.010, 5e-4);
  EXPECT_NEAR(estimate.bounds.upper, 0.786, 5e-4);
  EXPECT_DOUBLE_EQ(estimate.achieved_tail, 10.0 / 512);
}

TEST(SignedRankTest, leaves_zeros_out_and_knows_when_nothing_is_left) {
  EXPECT_EQ(signed_rank(std::vector{0.0, 0.0, 1.0, 2.0}).nonzero, 2);
  EXPECT_EQ(signed_rank(std::vector{0.0, 0.0}).p_greater, 1);
  EXPECT_EQ(signed_rank(std::vector{0.5, 0.5}, 0.5).p_two_sided, 1);
}

TEST(SignedRankTest, mirrors_when_the_sign_does) {
  std::vector<double> x = depression(), minus;
  for (const double d : x) minus.push_back(-d);
  EXPECT_EQ(signed_rank(x, 0.1).p_greater, signed_rank(minus, -0.1).p_less);
  const HodgesLehmann a = walsh_estimate(x, 0.05), b = walsh_estimate(minus, 0.05);
  EXPECT_EQ(a.estimate, -b.estimate);
  EXPECT_EQ(a.bounds.lower, -b.bounds.upper);
  EXPECT_EQ(a.bounds.upper, -b.bounds.lower);
}

TEST(WalshEstimateTest, bounds_are_where_the_test_starts_to_reject) {
  RandomStream random(1, 0);
  for (int n = 5; n < 30; ++n) {
    std::vector<double> x;
    for (int i = 0; i < n; ++i) x.push_back(random.unit() - 0.3);
    const HodgesLehmann estimate = walsh_estimate(x, 0.05);
    EXPECT_LE(signed_rank(x, estimate.bounds.lower - 1e-9).p_greater, 0.05);
    EXPECT_GT(signed_rank(x, estimate.bounds.lower + 1e-9).p_greater, 0.05);
    EXPECT_LE(signed_rank(x, estimate.bounds.upper + 1e-9).p_less, 0.05);
  }
}

TEST(WalshEstimateTest, finds_the_same_order_statistics_as_sorting_all_averages) {
  RandomStream random(2, 0);
  for (int n = 1; n < 12; ++n) {
    std::vector<double> x, averages;
    for (int i = 0; i < n; ++i) x.push_back(std::floor(random.unit() * 9) / 3 - 1);  // with ties
    for (std::size_t i = 0; i < x.size(); ++i) {
      for (std::size_t j = i; j < x.size(); ++j) averages.push_back(0.5 * x[i] + 0.5 * x[j]);
    }
    std::sort(averages.begin(), averages.end());
    const std::size_t m = averages.size();
    EXPECT_DOUBLE_EQ(walsh_estimate(x, 0.05).estimate, (averages[(m - 1) / 2] + averages[m / 2]) / 2);
  }
}

TEST(WalshEstimateTest, has_no_bounds_from_four_values) {
  const HodgesLehmann estimate = walsh_estimate(std::vector{1.0, 2.0, 3.0, 4.0}, 0.05);
  EXPECT_TRUE(std::isinf(estimate.bounds.lower));
  EXPECT_TRUE(std::isinf(estimate.bounds.upper));
  EXPECT_EQ(walsh_estimate(std::vector{1.0, 2.0, 3.0, 4.0, 5.0}, 0.05).bounds.lower, 1);  // 1/32
}

TEST(WalshEstimateTest, passes_smoothly_from_the_exact_to_the_approximate_order) {
  RandomStream random(3, 0);
  std::vector<double> x;
  for (int i = 0; i < 200; ++i) x.push_back(random.unit());
  const HodgesLehmann exact = walsh_estimate(x, 0.05);
  x.push_back(exact.estimate);
  const HodgesLehmann approximate = walsh_estimate(x, 0.05);
  EXPECT_NEAR(exact.bounds.lower, approximate.bounds.lower, 2e-3);
  EXPECT_NEAR(approximate.achieved_tail, 0.05, 1e-3);
  EXPECT_LE(approximate.achieved_tail, 0.05);
}

TEST(SignedRankTest, refuses_nothing_and_nan) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(signed_rank({}), std::invalid_argument);
  EXPECT_THROW(signed_rank(std::vector{1.0, nan}), std::invalid_argument);
  EXPECT_THROW(signed_rank(std::vector{1.0}, nan), std::invalid_argument);
  EXPECT_THROW(walsh_estimate(std::vector{nan}, 0.05), std::invalid_argument);
  EXPECT_THROW(signed_rank(std::vector<double>(300, 1.0), 0, RankMethod::exact), std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
