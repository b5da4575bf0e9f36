#include "gates/statistics/power_of_proportions.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

#include "gates/statistics/distributions.h"
#include "gates/statistics/power_of_auc.h"
#include "gates/statistics/proportion_interval.h"

namespace modelgate {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(ProportionPowerTest, is_the_chance_that_the_exact_bound_clears_the_limit) {
  for (const double share : {0.97, 0.99, 0.8}) {
    double above = 0, below = 0;
    for (int x = 0; x <= 150; ++x) {
      const double p = binomial_equal(x, 150, share);
      above += clopper_pearson(x, 150, 0.05).lower >= 0.9 ? p : 0;
      below += clopper_pearson(x, 150, 0.05).upper <= 0.9 ? p : 0;
    }
    EXPECT_NEAR(proportion_power(150, share, {0.9, 0.05}), share > 0.9 ? above : below, 1e-12);
  }
}

TEST(ProportionNeededTest, gives_the_known_numbers_without_a_failure) {
  EXPECT_EQ(proportion_needed(1, {0.95, 0.05}, 0.8), 59);
  EXPECT_EQ(proportion_needed(1, {0.99, 0.05}, 0.8), 299);
  EXPECT_EQ(proportion_needed(0, {0.05, 0.05}, 0.8), 59);
}

TEST(ProportionNeededTest, is_the_smallest_number_though_the_power_ripples) {
  for (const double limit : {0.05, 0.5, 0.9, 0.95}) {
    for (const double share : {0.03, 0.15, 0.4, 0.6, 0.8, 0.97}) {
      for (const double power : {0.5, 0.8}) {
        const std::int64_t needed = proportion_needed(share, {limit, 0.05}, power).value();
        if (needed > 1'500) continue;
        std::int64_t n = 1;
        while (!(proportion_power(n, share, {limit, 0.05}) >= power)) ++n;
        EXPECT_EQ(needed, n) << limit << " " << share << " " << power;
      }
    }
  }
  EXPECT_FALSE(proportion_needed(0.95, {0.95, 0.05}, 0.8));
  EXPECT_FALSE(proportion_needed(0.9500001, {0.95, 0.05}, 0.8));
}

TEST(ProportionDetectableTest, is_where_the_power_is_reached) {
  const ProportionDesign design{0.9, 0.05};
  EXPECT_NEAR(proportion_power(1'000, proportion_detectable_above(1'000, design, 0.8), design), 0.8, 1e-9);
  EXPECT_NEAR(proportion_power(1'000, proportion_detectable_below(1'000, design, 0.8), design), 0.8, 1e-9);
  EXPECT_TRUE(std::isinf(proportion_detectable_above(10, design, 0.8))) << "28 are needed with none failed";
  EXPECT_LT(proportion_detectable_below(1, design, 0.8), 0.9);
}

TEST(UnpairedPowerTest, is_the_textbook_formula) {
  const double z = 0.03 / std::sqrt((0.8 * 0.2 + 0.77 * 0.23) / 1'000);
  EXPECT_NEAR(unpaired_power(1'000, 0.03, {0, 0.8, 0.025}), normal_lower(z - 1.959963984540054), 1e-12);
  const std::int64_t each = unpaired_needed(0.03, {0, 0.8, 0.025}, 0.8).value();
  EXPECT_GE(unpaired_power(each, 0.03, {0, 0.8, 0.025}), 0.8);
  EXPECT_LT(unpaired_power(each - 1, 0.03, {0, 0.8, 0.025}), 0.8);
  const double drop = unpaired_detectable(1'000, {0.01, 0.8, 0.05}, 0.8);
  EXPECT_NEAR(unpaired_power(1'000, drop, {0.01, 0.8, 0.05}), 0.8, 1e-8);
}

// The probabilities that two positives outscore one negative, and one positive two, are 9/11 and 81/95.
TEST(AucDesignTest, uses_the_published_variance) {
  const double both_positive = 9.0 / 11, both_negative = 81.0 / 95;
  EXPECT_NEAR(hanley_mcneil_variance(0.9, 51, 58),
              (0.09 + 50 * (both_positive - 0.81) + 57 * (both_negative - 0.81)) / (51 * 58), 1e-15);
}

TEST(AucDesignTest, of_data_says_their_own_standard_error_at_their_own_size) {
  AucComparison seen;
  seen.variance = 0.0004;
  seen.positives = 60;
  seen.negatives = 140;
  const MeanDesign design = auc_design(seen, 0.02, 0.05);
  EXPECT_NEAR(design.spread / std::sqrt(200.0), 0.02, 1e-15);
  EXPECT_NEAR(normal_power(200, 0.07, design), normal_lower(2.5 - 1.6448536269514722), 1e-12);
}

TEST(AucDesignTest, of_a_plan_is_the_variance_of_two_models_that_share_their_examples) {
  const MeanDesign design =
      auc_design(AucPlan{.auc = 0.85, .correlation = 0.6, .positive_share = 0.2}, 0, 0.05);
  const double both = 2 * hanley_mcneil_variance(0.85, 200'000, 800'000) * (1 - 0.6);
  EXPECT_NEAR(design.spread * design.spread / 1'000'000 / both, 1, 1e-4);
}

TEST(AucDesignTest, needs_fewer_examples_where_models_are_alike_and_classes_even) {
  const auto needed = [](const AucPlan& plan) {
    return normal_needed(0, auc_design(plan, 0.01, 0.05), 0.8).value();
  };
  EXPECT_LT(needed({0.85, 0.9, 0.5}), needed({0.85, 0.5, 0.5}) / 4);
  EXPECT_GT(needed({0.85, 0.5, 0.05}), 3 * needed({0.85, 0.5, 0.5}));
}

TEST(PowerOfProportionsTest, refuses_impossible_designs_and_nan) {
  for (const double wrong : {nan, std::numeric_limits<double>::infinity(), 1.5, -0.6}) {
    EXPECT_THROW(proportion_power(10, wrong, {0.9, 0.05}), std::invalid_argument);
    EXPECT_THROW(proportion_power(10, 0.9, {wrong, 0.05}), std::invalid_argument);
    EXPECT_THROW(proportion_power(10, 0.9, {0.9, wrong}), std::invalid_argument);
    EXPECT_THROW(proportion_needed(wrong, {0.9, 0.05}, 0.8), std::invalid_argument);
    EXPECT_THROW(proportion_needed(0.95, {0.9, 0.05}, wrong), std::invalid_argument);
    EXPECT_THROW(proportion_detectable_above(10, {0.9, 0.05}, wrong), std::invalid_argument);
    EXPECT_THROW(proportion_detectable_below(10, {wrong, 0.05}, 0.8), std::invalid_argument);
    EXPECT_THROW(unpaired_power(10, wrong, {}), std::invalid_argument);
    EXPECT_THROW(unpaired_needed(0.1, {.first = wrong}, 0.8), std::invalid_argument);
    EXPECT_THROW(unpaired_detectable(10, {}, wrong), std::invalid_argument);
    EXPECT_THROW(hanley_mcneil_variance(wrong, 10, 10), std::invalid_argument);
    EXPECT_THROW(auc_design(AucPlan{.auc = wrong}, 0.01, 0.05), std::invalid_argument);
  }
  EXPECT_THROW(proportion_power(0, 0.9, {0.9, 0.05}), std::invalid_argument);
  EXPECT_THROW(auc_design(AucPlan{}, nan, 0.05), std::invalid_argument);
  EXPECT_THROW(auc_design(AucComparison{}, 0.01, 0.05), std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
