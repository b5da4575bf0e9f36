#include "tests/bench/verdicts/peer_rules.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "gates/statistics/rank_sum.h"
#include "tests/bench/verdicts/processes.h"

namespace modelgate {
namespace {

bool blocks(Peer peer, const std::vector<double>& baseline, const std::vector<double>& candidate) {
  const auto which = static_cast<std::size_t>(peer);
  return score_by_peers(baseline, candidate)[which] > peers()[which].threshold;
}

// The repetitions of "short" in google/benchmark's own test3_run0 and test3_run1, and what its test expects.
TEST(PeerRules, give_the_p_value_of_google_benchmarks_own_test) {
  EXPECT_NEAR(p_of_scipy(std::vector{8.0, 8.0}, std::vector{7.0, 4.54, 800.0}), 0.7670968684102772, 1e-15);
}

// scipy's own test of mannwhitneyu: three values, so exact.
TEST(PeerRules, give_scipys_exact_p_value_for_few_values) {
  EXPECT_NEAR(
      p_of_scipy(std::vector{210.052110, 110.190630, 307.918612},
                 std::vector{436.08811482466416, 416.37397329768191, 179.96975939463582, 197.8118754228619,
                             34.038757281225756, 138.54220550921517, 128.7769351470246, 265.92721427951852,
                             275.6617533155341, 592.34083395416258, 448.73177590617018, 300.61495185038905,
                             187.97508449019588}),
      0.7035714285714, 5e-14);
}

TEST(PeerRules, approximate_from_nine_values_on_as_scipy_does) {
  std::vector<double> first, second;
  for (int i = 0; i < 10; ++i) first.push_back(1 + 0.1 * i), second.push_back(1.33 + 0.1 * i);
  EXPECT_NEAR(p_of_scipy(first, second), rank_sum(first, second, 0, RankMethod::normal).p_two_sided, 1e-15);
  EXPECT_NEAR(p_of_benchstat(first, second), rank_sum(first, second, 0, RankMethod::exact).p_two_sided,
              1e-15);
  EXPECT_NE(p_of_scipy(first, second), p_of_benchstat(first, second));
}

// benchstat's documentation: with 4 values on each side all apart, p = 0.029; with 3 it cannot reach 0.05.
TEST(PeerRules, give_benchstats_smallest_p_values) {
  EXPECT_NEAR(p_of_benchstat(std::vector{1.0, 2.0, 3.0, 4.0}, std::vector{5.0, 6.0, 7.0, 8.0}), 2.0 / 70,
              1e-15);
  EXPECT_NEAR(p_of_benchstat(std::vector{1.0, 2.0, 3.0}, std::vector{5.0, 6.0, 7.0}), 0.1, 1e-15);
  EXPECT_TRUE(blocks(Peer::benchstat, {1, 2, 3, 4}, {5, 6, 7, 8}));
  EXPECT_FALSE(blocks(Peer::benchstat, {1, 2, 3}, {5, 6, 7}));
  EXPECT_FALSE(blocks(Peer::benchstat, {5, 6, 7, 8}, {1, 2, 3, 4})) << "faster is no reason to block";
}

TEST(PeerRules, agree_with_the_rank_sum_test_where_there_are_ties) {
  const std::vector<double> first{1, 2, 2, 3, 5, 5, 7, 8, 9, 9}, second{2, 4, 4, 5, 6, 9, 9, 10, 11, 12};
  EXPECT_NEAR(p_of_benchstat(first, second), rank_sum(first, second, 0, RankMethod::exact).p_two_sided,
              1e-15);
  EXPECT_NEAR(p_of_scipy(first, second), rank_sum(first, second, 0, RankMethod::normal).p_two_sided, 1e-15);
}

// By hand: 10 values each, σ = √(100·21/12) = 13.229, 50 + 0.5 + 2.3263·13.229 = 81.28: the bound is where 82
// of the 100 shifts no longer lie above it, the 19th smallest.
TEST(PeerRules, bound_kayentas_shift_by_the_shift_of_that_rank) {
  std::vector<double> control, experiment, shifts;
  for (int i = 0; i < 10; ++i) control.push_back(100 + i * i), experiment.push_back(110 + 3.7 * i);
  for (const double x : experiment)
    for (const double y : control) shifts.push_back(x - y);
  std::sort(shifts.begin(), shifts.end());
  const KayentaShift shift = kayenta_shift(control, experiment, 0.98);
  EXPECT_DOUBLE_EQ(shift.lower, shifts[18]);
  EXPECT_DOUBLE_EQ(shift.estimate, (shifts[49] + shifts[50]) / 2);
}

TEST(PeerRules, block_by_kayenta_only_above_a_quarter_of_the_shift) {
  // All shifts are alike, so the bound is the estimate itself.
  EXPECT_TRUE(blocks(Peer::kayenta, {10, 10.001, 10.002, 10.003, 10.004, 10.005, 10.006, 10.007},
                     {11, 11.001, 11.002, 11.003, 11.004, 11.005, 11.006, 11.007}));
  EXPECT_FALSE(blocks(Peer::kayenta, {11, 11.001, 11.002, 11.003, 11.004, 11.005, 11.006, 11.007},
                      {10, 10.001, 10.002, 10.003, 10.004, 10.005, 10.006, 10.007}));
  // Wide samples: a shift of 1 whose bound lies near 0.
  EXPECT_FALSE(blocks(Peer::kayenta, {6, 8, 9, 10, 11, 12, 14}, {7, 9, 10, 11, 12, 13, 15}));
}

// nvbench: the change of the means against the smaller of the two relative deviations (2 % and 10 %).
TEST(PeerRules, compare_by_nvbench_with_the_smaller_noise) {
  const std::vector<double> quiet{98, 102}, noisy{90, 110}, slower{103 * 0.98, 103 * 1.02};
  EXPECT_TRUE(blocks(Peer::nvbench, quiet, slower)) << "3 % against 2.8 %";
  EXPECT_FALSE(blocks(Peer::nvbench, quiet, {102 * 0.98, 102 * 1.02}));
  EXPECT_TRUE(blocks(Peer::nvbench, noisy, slower)) << "the smaller of both counts";
  EXPECT_FALSE(blocks(Peer::nvbench, {1, 1}, {2, 2})) << "without noise it answers ????";
}

TEST(PeerRules, hold_medians_against_plain_thresholds) {
  EXPECT_FALSE(blocks(Peer::plain_5, {1, 2, 900}, {1, 2.09, 2.2}));
  EXPECT_TRUE(blocks(Peer::plain_5, {1, 2, 900}, {1, 2.11, 2.2}));
  EXPECT_FALSE(blocks(Peer::plain_10, {1, 2, 900}, {1, 2.11, 2.2}));
  EXPECT_TRUE(blocks(Peer::plain_10, {1, 2, 900}, {1, 2.3, 2.4}));
}

}  // namespace
}  // namespace modelgate
