#include "gates/statistics/rank_sum.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "gates/statistics/random.h"

namespace modelgate {
namespace {

// Hollander & Wolfe, table 4.1: permeability of the human chorioamnion.
const std::vector<double> at_term{0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};
const std::vector<double> earlier{1.15, 0.88, 0.90, 0.74, 1.21};

TEST(RankSumTest, gives_the_published_result_on_permeability) {
  const RankSumTest test = rank_sum(at_term, earlier);
  EXPECT_EQ(test.u, 35);
  EXPECT_EQ(test.method, RankMethod::exact);
  EXPECT_NEAR(test.p_greater, 0.1272, 5e-5);
}

TEST(ShiftEstimateTest, gives_the_published_estimate_and_interval_on_permeability) {
  const HodgesLehmann estimate = shift_estimate(at_term, earlier, 0.025);
  EXPECT_NEAR(estimate.estimate, 0.305, 1e-12);
  EXPECT_NEAR(estimate.bounds.lower, -0.15, 1e-12);
  EXPECT_NEAR(estimate.bounds.upper, 0.76, 1e-12);
  EXPECT_LE(estimate.achieved_tail, 0.025);
}

// scipy's own test of mannwhitneyu.
TEST(RankSumTest, gives_the_exact_p_of_scipys_own_test) {
  const std::vector<double> x{210.052110, 110.190630, 307.918612};
  const std::vector<double> y{436.08811482466416, 416.37397329768191, 179.96975939463582, 197.8118754228619,
                              34.038757281225756, 138.54220550921517, 128.7769351470246,  265.92721427951852,
                              275.6617533155341,  592.34083395416258, 448.73177590617018, 300.61495185038905,
                              187.97508449019588};
  const RankSumTest test = rank_sum(x, y);
  EXPECT_EQ(test.u, 16);
  EXPECT_NEAR(test.p_two_sided, 0.7035714285714, 5e-14);
}

// google/benchmark's tools/gbench test: the repetitions of "short" in test3_run0 and test3_run1.
TEST(RankSumTest, gives_the_approximate_p_of_google_benchmarks_own_test) {
  const RankSumTest test =
      rank_sum(std::vector{8.0, 8.0}, std::vector{7.0, 4.54, 800.0}, 0, RankMethod::normal);
  EXPECT_NEAR(test.p_two_sided, 0.7670968684102772, 1e-15);
}

// golang/perf expects 0 here; only 6 of the 126 ways to choose four of nine reach that rank sum.
TEST(RankSumTest, counts_permutations_where_ties_make_others_say_zero) {
  const RankSumTest test = rank_sum(std::vector{2.0, 1.0, 3.0, 5.0}, std::vector(5, 1.0));
  EXPECT_DOUBLE_EQ(test.p_two_sided, 6.0 / 126);
  EXPECT_DOUBLE_EQ(test.p_greater, 6.0 / 126);
}

TEST(RankSumTest, mirrors_when_the_samples_are_exchanged) {
  const RankSumTest a = rank_sum(at_term, earlier, 0.2), b = rank_sum(earlier, at_term, -0.2);
  EXPECT_DOUBLE_EQ(a.p_greater, b.p_less);
  EXPECT_DOUBLE_EQ(a.p_two_sided, b.p_two_sided);
  const HodgesLehmann x = shift_estimate(at_term, earlier, 0.05), y = shift_estimate(earlier, at_term, 0.05);
  EXPECT_EQ(x.estimate, -y.estimate);
  EXPECT_EQ(x.bounds.lower, -y.bounds.upper);
}

TEST(ShiftEstimateTest, bounds_are_where_the_test_starts_to_reject) {
  RandomStream random(4, 0);
  for (int n = 4; n < 25; ++n) {
    std::vector<double> x, y;
    for (int i = 0; i < n; ++i) x.push_back(random.unit());
    for (int i = 0; i < n + 3; ++i) y.push_back(random.unit() - 0.2);
    const HodgesLehmann estimate = shift_estimate(x, y, 0.05);
    EXPECT_LE(rank_sum(x, y, estimate.bounds.lower - 1e-9).p_greater, 0.05);
    EXPECT_GT(rank_sum(x, y, estimate.bounds.lower + 1e-9).p_greater, 0.05);
    EXPECT_LE(rank_sum(x, y, estimate.bounds.upper + 1e-9).p_less, 0.05);
  }
}

TEST(RankSumTest, finds_nothing_when_all_values_are_equal) {
  const std::vector<double> ones(6, 1.0);
  EXPECT_EQ(rank_sum(ones, ones).p_two_sided, 1);
  EXPECT_EQ(rank_sum(ones, ones, 0, RankMethod::normal).p_greater, 1);
}

TEST(RankSumTest, changes_to_the_approximation_when_permutations_become_too_many) {
  RandomStream random(5, 0);
  std::vector<double> x, y;
  for (int i = 0; i < 500; ++i) x.push_back(random.unit()), y.push_back(random.unit());
  EXPECT_EQ(rank_sum(x, y).method, RankMethod::normal);
  EXPECT_THROW(rank_sum(x, y, 0, RankMethod::exact), std::invalid_argument);
  EXPECT_NEAR(shift_estimate(x, y, 0.05).achieved_tail, 0.05, 1e-3);
}

TEST(RankSumTest, the_median_of_differences_is_the_same_alone_as_with_its_bounds) {
  RandomStream random(6, 0);
  for (const auto& [m, n] : {std::pair{1, 1}, std::pair{3, 4}, std::pair{10, 10}, std::pair{70, 70}}) {
    std::vector<double> x, y;
    for (int i = 0; i < m; ++i) x.push_back(random.unit());
    for (int i = 0; i < n; ++i) y.push_back(random.unit());
    EXPECT_NEAR(shift_median(x, y), shift_estimate(x, y, 0.05).estimate, 1e-15) << m;
  }
}

TEST(RankSumTest, what_is_kept_of_ranks_without_ties_is_of_as_many_values) {
  const std::vector<double> low = {1, 2, 3}, high = {4, 5, 6, 7}, tied = {4, 4, 6, 7};
  for (int i = 0; i < 2; ++i) {
    EXPECT_DOUBLE_EQ(rank_sum(low, high).p_less, 1.0 / 35);
    EXPECT_DOUBLE_EQ(rank_sum(high, low).p_greater, 1.0 / 35);
    EXPECT_DOUBLE_EQ(rank_sum(low, low).p_less, rank_sum(low, low).p_greater);
    EXPECT_DOUBLE_EQ(rank_sum(std::vector{1.0, 2.0}, high).p_less, 1.0 / 15);
    EXPECT_DOUBLE_EQ(rank_sum(low, tied).p_less, 1.0 / 35);
  }
}

TEST(RankSumTest, refuses_nothing_and_nan) {
  const std::vector<double> one{1.0}, nan{std::numeric_limits<double>::quiet_NaN()};
  EXPECT_THROW(rank_sum({}, one), std::invalid_argument);
  EXPECT_THROW(rank_sum(one, nan), std::invalid_argument);
  EXPECT_THROW(shift_estimate(nan, one, 0.05), std::invalid_argument);
  EXPECT_TRUE(std::isinf(shift_estimate(one, one, 0.05).bounds.lower));
}

}  // namespace
}  // namespace modelgate
