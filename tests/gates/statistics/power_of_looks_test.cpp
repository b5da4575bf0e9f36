#include "gates/statistics/power_of_looks.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <span>
#include <stdexcept>
#include <vector>

#include "gates/statistics/alpha_spending.h"
#include "gates/statistics/distributions.h"
#include "gates/statistics/power_of_ranks.h"
#include "gates/statistics/random.h"
#include "gates/statistics/signed_rank.h"

namespace modelgate {
namespace {

const std::vector<std::int64_t> looks{10, 20, 40};

TEST(PowerOfLooksTest, agrees_with_drawing_pairs_and_stopping_at_the_first_proof) {
  const std::vector<double> shares = look_shares(looks);
  constexpr int trials = 2'000;
  for (const double effect : {0.0, 0.3, 0.6}) {
    int proven = 0;
    double pairs = 0;
    for (int trial = 0; trial < trials; ++trial) {
      RandomStream random(81, static_cast<std::uint64_t>(trial));
      std::vector<double> x;
      for (std::size_t k = 0; k < looks.size(); ++k) {
        while (static_cast<std::int64_t>(x.size()) < looks[k]) {
          x.push_back(effect + normal_quantile(random.unit() + 0x1p-54));
        }
        if (signed_rank(x).p_greater <= 0.05 * shares[k]) {
          ++proven;
          break;
        }
      }
      pairs += static_cast<double>(x.size());
    }
    const auto design = signed_rank_looks(looks, effect + 1e-12, {0, 1, 0.05});
    // Four standard errors of a share of 2,000 are at most 0.045.
    EXPECT_NEAR(proven / double{trials}, looks_crossing(design).total_upper(), effect == 0 ? 0.02 : 0.045)
        << effect;
    EXPECT_NEAR(pairs / trials, expected_values(design), 1.5) << effect;
  }
}

TEST(PowerOfLooksTest, of_one_look_is_that_look) {
  const std::vector<LookChances> one{{12, 0.7, 0.1}};
  EXPECT_NEAR(looks_crossing(one).total_upper(), 0.7, 1e-12);
  EXPECT_NEAR(looks_crossing(one).total_lower(), 0.1, 1e-12);
  EXPECT_EQ(expected_values(one), 12);
}

TEST(PowerOfLooksTest, lies_between_the_best_look_and_their_sum) {
  const std::vector<LookChances> three{{10, 0.2, 0}, {20, 0.3, 0}, {40, 0.4, 0}};
  const double power = looks_crossing(three).total_upper();
  EXPECT_GT(power, 0.4);
  EXPECT_LT(power, 0.9);
}

// Where nothing changed, and three times the margin away, most is decided at the first of three looks.
TEST(PowerOfLooksTest, early_looks_save_half_of_the_pairs_where_the_case_is_clear) {
  const MeanDesign design{0.05, 0.028, 0.05};
  EXPECT_LT(expected_values(signed_rank_looks(looks, 0, design)), 20);
  EXPECT_LT(expected_values(signed_rank_looks(looks, 0.15, design)), 20);
  EXPECT_GT(expected_values(signed_rank_looks(looks, 0.05, design)), 35) << "at the margin all are needed";
}

TEST(PowerOfLooksTest, detects_a_little_more_than_the_last_look_alone) {
  const MeanDesign design{0.05, 0.028, 0.05};
  for (const double power : {0.8, 0.95}) {
    const double effect = signed_rank_looks_detectable(looks, design, power);
    EXPECT_NEAR(signed_rank_looks_power(looks, effect, design), power, 1e-6);
    const MeanDesign last{0.05, 0.028, 0.05 * look_shares(looks).back()}, all{0.05, 0.028, 0.05};
    EXPECT_LT(effect, signed_rank_detectable(40, last, power));
    EXPECT_GT(effect, signed_rank_detectable(40, all, power));
    // What is as far below the margin passes as often.
    EXPECT_NEAR(signed_rank_looks_power(looks, 0.1 - effect, design), power, 1e-6);
  }
  EXPECT_TRUE(std::isinf(signed_rank_looks_detectable(std::vector<std::int64_t>{4}, design, 0.8)));
  EXPECT_EQ(signed_rank_looks_detectable(looks, {0.05, 0, 0.05}, 0.8), 0.05);
}

TEST(PowerOfLooksTest, certain_looks_end_it) {
  const std::vector<LookChances> sure{{10, 1, 0}, {20, 1, 0}}, never{{10, 0, 0}, {20, 0, 0}};
  EXPECT_NEAR(looks_crossing(sure).upper[0], 1, 1e-12);
  EXPECT_NEAR(expected_values(sure), 10, 1e-9);
  EXPECT_EQ(looks_crossing(never).total_upper(), 0);
  EXPECT_EQ(expected_values(never), 20);
}

TEST(PowerOfLooksTest, refuses_impossible_looks_and_nan) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(looks_crossing({}), std::invalid_argument);
  EXPECT_THROW(expected_values({}), std::invalid_argument);
  for (const LookChances& wrong : {LookChances{0, 0.1, 0}, LookChances{5, nan, 0}, LookChances{5, 0, nan},
                                   LookChances{5, 0.6, 0.6}, LookChances{5, -0.1, 0}}) {
    EXPECT_THROW(looks_crossing(std::vector{wrong}), std::invalid_argument);
  }
  EXPECT_THROW(signed_rank_looks({}, 0, {.spread = 1}), std::invalid_argument);
  EXPECT_THROW(signed_rank_looks_power(looks, nan, {.spread = 1}), std::invalid_argument);
  EXPECT_THROW(signed_rank_looks_detectable(looks, {.spread = 1}, nan), std::invalid_argument);
  EXPECT_THROW(signed_rank_looks_detectable(looks, {.spread = nan}, 0.8), std::invalid_argument);
  EXPECT_THROW(looks_crossing(std::vector<LookChances>{{10, 0.1, 0}, {10, 0.1, 0}}), std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
