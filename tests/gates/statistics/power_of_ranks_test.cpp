#include "gates/statistics/power_of_ranks.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "gates/statistics/distributions.h"
#include "gates/statistics/random.h"
#include "gates/statistics/rank_sum.h"
#include "gates/statistics/signed_rank.h"

namespace modelgate {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::vector<double> normal_sample(RandomStream& random, int n, double mean) {
  std::vector<double> x;
  for (int i = 0; i < n; ++i) x.push_back(mean + normal_quantile(random.unit() + 0x1p-54));
  return x;
}

TEST(SignedRankPowerTest, without_effect_is_the_level_that_the_ranks_can_reach) {
  for (const std::int64_t n : {5, 6, 10, 23, 40}) {
    EXPECT_NEAR(signed_rank_power(n, 0, {.spread = 1}), signed_rank_order(n, 0.05).achieved_tail, 1e-10) << n;
  }
}

// With five pairs and tail 1/32 the rule is "all five positive".
TEST(SignedRankPowerTest, of_five_pairs_is_the_chance_of_five_equal_signs) {
  for (const double d : {0.3, 1.0, 2.5}) {
    EXPECT_NEAR(signed_rank_power(5, d, {.spread = 1}), std::pow(normal_lower(d), 5), 1e-10);
  }
}

TEST(SignedRankPowerTest, is_zero_where_no_ranks_can_prove_anything) {
  EXPECT_EQ(signed_rank_power(4, 100, {.spread = 1}), 0);
  EXPECT_EQ(signed_rank_power(9, 100, {.spread = 1, .tail = 0.001}), 0);
  EXPECT_GT(signed_rank_power(10, 100, {.spread = 1, .tail = 0.001}), 0.999);
  EXPECT_TRUE(std::isinf(signed_rank_detectable(4, {.spread = 1}, 0.8)));
  EXPECT_EQ(signed_rank_needed(100, {.spread = 1}, 0.8), 5);
  EXPECT_EQ(signed_rank_needed(100, {.spread = 1, .tail = 1e-6}, 0.8), 20);
}

TEST(SignedRankPowerTest, agrees_with_drawing_pairs_and_testing_them) {
  constexpr int trials = 10'000;
  for (const auto& [n, d] : {std::pair{8, 1.0}, std::pair{10, 0.7}, std::pair{20, 0.5}}) {
    int proven = 0;
    for (int trial = 0; trial < trials; ++trial) {
      RandomStream random(31, static_cast<std::uint64_t>(trial));
      proven += signed_rank(normal_sample(random, n, d)).p_greater <= 0.05;
    }
    EXPECT_NEAR(proven / double{trials}, signed_rank_power(n, d, {.spread = 1}), 0.02) << n;
  }
}

TEST(SignedRankPowerTest, changes_little_where_the_approximation_takes_over) {
  for (const double d : {0.1, 0.3, 0.4}) {
    EXPECT_NEAR(signed_rank_power(40, d, {.spread = 1}), signed_rank_power(41, d, {.spread = 1}), 0.02);
  }
}

TEST(SignedRankNeededTest, is_a_number_that_reaches_where_one_fewer_does_not) {
  for (const double effect : {0.0, 0.03, 0.045}) {
    const MeanDesign design{0.05, 0.028, 0.05};
    const std::int64_t n = signed_rank_needed(effect, design, 0.9).value();
    EXPECT_GE(signed_rank_power(n, effect, design), 0.9);
    EXPECT_LT(signed_rank_power(n - 1, effect, design), 0.9);
  }
  EXPECT_FALSE(signed_rank_needed(0.05, {0.05, 0.028, 0.05}, 0.8));
}

TEST(SignedRankDetectableTest, is_where_the_power_is_reached) {
  const MeanDesign design{0.05, 0.028, 0.05};
  for (const std::int64_t n : {5, 10, 20, 100}) {
    EXPECT_NEAR(signed_rank_power(n, signed_rank_detectable(n, design, 0.95), design), 0.95, 1e-6);
  }
  EXPECT_LT(signed_rank_detectable(10, design, 0.95), 0.10);
}

// The efficiency of the rule for normal noise is 3/π: 5 % more values than Student's t.
TEST(SignedRankNeededTest, tends_to_the_known_efficiency) {
  const MeanDesign design{0, 1, 0.05};
  const auto t = static_cast<double>(paired_t_needed(0.02, design, 0.9).value());
  EXPECT_NEAR(static_cast<double>(signed_rank_needed(0.02, design, 0.9).value()) / t, 1.0472, 0.002);
  const auto z = static_cast<double>(welch_needed(0.02, {0, 1, 1, 0.05}, 0.9).value());
  EXPECT_NEAR(static_cast<double>(rank_sum_needed(0.02, design, 0.9).value()) / z, 1.0472, 0.002);
}

TEST(RankSumPowerTest, agrees_with_drawing_samples_and_testing_them) {
  constexpr int trials = 2'000;
  int proven = 0;
  for (int trial = 0; trial < trials; ++trial) {
    RandomStream random(32, static_cast<std::uint64_t>(trial));
    const auto x = normal_sample(random, 15, 0.8), y = normal_sample(random, 15, 0);
    proven += rank_sum(x, y).p_greater <= 0.05;
  }
  EXPECT_NEAR(proven / double{trials}, rank_sum_power(15, 0.8, {.spread = 1}), 0.045);
}

TEST(RankSumPowerTest, is_zero_where_no_ranks_can_prove_anything) {
  EXPECT_EQ(rank_sum_power(2, 100, {.spread = 1}), 0);  // 1 of 6
  EXPECT_EQ(rank_sum_power(3, 100, {.spread = 1}), 1);  // 1 of 20
  EXPECT_TRUE(std::isinf(rank_sum_detectable(2, {.spread = 1}, 0.8)));
  EXPECT_NEAR(rank_sum_power(12, rank_sum_detectable(12, {.spread = 1}, 0.8), {.spread = 1}), 0.8, 1e-6);
}

TEST(PowerOfRanksTest, without_spread_any_effect_off_the_margin_is_proven) {
  EXPECT_EQ(signed_rank_power(5, 0.06, {0.05, 0, 0.05}), 1);
  EXPECT_EQ(signed_rank_detectable(5, {0.05, 0, 0.05}, 0.8), 0.05);
  EXPECT_EQ(rank_sum_power(5, 0.06, {0.05, 0, 0.05}), 1);
}

TEST(PowerOfRanksTest, refuses_nan_and_nothing) {
  for (const double wrong : {nan, std::numeric_limits<double>::infinity()}) {
    EXPECT_THROW(signed_rank_power(5, wrong, {.spread = 1}), std::invalid_argument);
    EXPECT_THROW(signed_rank_power(5, 1, {.margin = wrong, .spread = 1}), std::invalid_argument);
    EXPECT_THROW(signed_rank_power(5, 1, {.spread = wrong}), std::invalid_argument);
    EXPECT_THROW(signed_rank_needed(wrong, {.spread = 1}, 0.8), std::invalid_argument);
    EXPECT_THROW(signed_rank_detectable(5, {.spread = 1}, wrong), std::invalid_argument);
    EXPECT_THROW(rank_sum_power(5, wrong, {.spread = 1}), std::invalid_argument);
    EXPECT_THROW(rank_sum_needed(1, {.spread = 1, .tail = wrong}, 0.8), std::invalid_argument);
  }
  EXPECT_THROW(signed_rank_power(0, 1, {.spread = 1}), std::invalid_argument);
  EXPECT_THROW(rank_sum_detectable(0, {.spread = 1}, 0.8), std::invalid_argument);
  EXPECT_THROW(signed_rank_order(0, 0.05), std::invalid_argument);
  EXPECT_THROW(rank_sum_order(3, 0, 0.05), std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
