#include "gates/statistics/power_of_paired_proportions.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

#include "gates/statistics/distributions.h"
#include "gates/statistics/mcnemar.h"
#include "gates/statistics/paired_proportions.h"
#include "gates/statistics/power_of_proportions.h"
#include "gates/statistics/random.h"

namespace modelgate {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// The power by going through every table of so few rows.
template <typename Proves>
double by_enumeration(int rows, double p_first, double p_second, const Proves& proves) {
  double power = 0;
  for (int b = 0; b <= rows; ++b) {
    for (int c = 0; b + c <= rows; ++c) {
      const double p =
          binomial_equal(b, rows, p_first) * binomial_equal(c, rows - b, p_second / (1 - p_first));
      if (proves(PairedCounts{rows - b - c, b, c, 0})) power += p;
    }
  }
  return power;
}

TEST(TangoPowerTest, is_the_sum_over_all_tables) {
  const PairedDesign design{0.05, 0.3, 0.05};
  for (const int rows : {1, 7, 40, 90}) {
    EXPECT_NEAR(
        tango_power(rows, 0.2, design),
        by_enumeration(rows, 0.25, 0.05, [](const auto& t) { return tango_p_greater(t, 0.05) <= 0.05; }),
        1e-12);
    EXPECT_NEAR(tango_power(rows, -0.1, design),
                by_enumeration(rows, 0.1, 0.2, [](const auto& t) { return tango_p_less(t, 0.05) <= 0.05; }),
                1e-12);
    EXPECT_NEAR(mcnemar_power(rows, 0.2, {0, 0.3, 0.025}),
                by_enumeration(rows, 0.25, 0.05,
                               [](const auto& t) {
                                 return t.only_first > t.only_second &&
                                        mcnemar(t.only_first, t.only_second).mid_p <= 0.05;
                               }),
                1e-12);
  }
}

// The target of the product: 1,000 rows, a tenth of them discordant, 3 points worse.
TEST(TangoPowerTest, reaches_the_target_for_paired_evals_where_an_unpaired_test_is_blind) {
  EXPECT_GE(tango_power(1'000, 0.03, {0, 0.1, 0.025}), 0.85);
  EXPECT_GE(mcnemar_power(1'000, 0.03, {0, 0.1, 0.025}), 0.85);
  EXPECT_LT(unpaired_power(1'000, 0.03, {0, 0.8, 0.025}), 0.4);
}

TEST(TangoPowerTest, passes_smoothly_from_the_exact_sum_to_the_formula) {
  for (const auto& [drop, margin] : {std::pair{0.005, 0.0}, std::pair{0.004, 0.01}, std::pair{0.016, 0.01}}) {
    EXPECT_NEAR(tango_power(20'000, drop, {margin, 0.1, 0.05}),
                tango_power(20'001, drop, {margin, 0.1, 0.05}), 0.002);
  }
}

TEST(TangoPowerTest, takes_the_drop_out_of_the_variance_of_many_rows) {
  EXPECT_NEAR(tango_power(20'000, 0.207, {0.2, 0.3, 0.05}), tango_power(20'001, 0.207, {0.2, 0.3, 0.05}),
              0.002);
}

TEST(TangoPowerTest, keeps_the_error_rate_at_the_margin) {
  for (const std::int64_t rows : {200, 1'000, 5'000, 50'000}) {
    EXPECT_NEAR(tango_power(rows, 0.02, {0.02, 0.1, 0.05}), 0.05, 0.006) << rows;
  }
}

TEST(TangoPowerTest, mirrors_when_the_models_are_exchanged) {
  EXPECT_NEAR(tango_power(300, 0.06, {0.02, 0.1, 0.05}), tango_power(300, -0.06, {-0.02, 0.1, 0.05}), 1e-12);
}

TEST(TangoNeededTest, is_a_number_that_reaches_where_one_fewer_does_not) {
  for (const double drop : {-0.01, 0.0, 0.01, 0.05}) {
    const PairedDesign design{0.02, 0.08, 0.05};
    const std::int64_t rows = tango_needed(drop, design, 0.8).value();
    EXPECT_GE(tango_power(rows, drop, design), 0.8);
    EXPECT_LT(tango_power(rows - 1, drop, design), 0.8);
  }
  EXPECT_FALSE(tango_needed(0.02, {0.02, 0.08, 0.05}, 0.8));
  EXPECT_GT(tango_needed(0, {0.001, 0.1, 0.05}, 0.8).value(), 500'000);
}

// T = √(Nδ/(1 − δ)) ≥ z where nothing differs: N = z²(1 − δ)/δ.
TEST(TangoNeededTest, of_identical_models_follows_from_the_interval_of_no_discordant_rows) {
  const double z2 = 1.6448536269514722 * 1.6448536269514722;
  EXPECT_EQ(tango_needed(0, {0.01, 0, 0.05}, 0.8), std::ceil(z2 * 0.99 / 0.01));
}

TEST(TangoDetectableTest, is_where_the_power_is_reached) {
  for (const std::int64_t rows : {200, 1'000, 100'000}) {
    const PairedDesign design{0.01, 0.05, 0.05};
    const double drop = tango_detectable(rows, design, 0.8);
    EXPECT_NEAR(tango_power(rows, drop, design), 0.8, 1e-6);
  }
  // Though baseline and baseline never differ, a candidate that drops differs by as much.
  EXPECT_NEAR(tango_power(1'000, tango_detectable(1'000, {0.01, 0, 0.05}, 0.8), {0.01, 0, 0.05}), 0.8, 1e-6);
}

TEST(TangoMarginTest, is_the_smallest_that_no_change_passes) {
  const double margin = tango_margin(1'000, 0, {0, 0.05, 0.05}, 0.9);
  EXPECT_GE(tango_power(1'000, 0, {margin, 0.05, 0.05}), 0.9);
  EXPECT_LT(tango_power(1'000, 0, {margin - 1e-4, 0.05, 0.05}), 0.9);
  EXPECT_NEAR(margin, (1.645 + 1.282) * std::sqrt(0.05 / 1'000), 0.001);
}

TEST(McnemarNeededTest, is_where_the_power_is_reached_and_needs_discordant_rows) {
  const std::int64_t rows = mcnemar_needed(0.03, {0, 0.1, 0.025}, 0.85).value();
  EXPECT_GE(mcnemar_power(rows, 0.03, {0, 0.1, 0.025}), 0.85);
  EXPECT_NEAR(mcnemar_power(1'000, mcnemar_detectable(1'000, {0, 0.1, 0.025}, 0.8), {0, 0.1, 0.025}), 0.8,
              1e-6);
  EXPECT_TRUE(std::isinf(mcnemar_detectable(3, {0, 0.1, 0.025}, 0.8)));  // mid-p of 3 against none: 0.125
  EXPECT_EQ(mcnemar_power(3, 1, {0, 1, 0.025}), 0);
}

TEST(PowerOfPairedProportionsTest, refuses_impossible_designs_and_nan) {
  for (const double wrong : {nan, std::numeric_limits<double>::infinity(), 1.5, -1.5}) {
    EXPECT_THROW(tango_power(10, wrong, {}), std::invalid_argument);
    EXPECT_THROW(tango_power(10, 0.1, {.margin = wrong}), std::invalid_argument);
    EXPECT_THROW(tango_power(10, 0.1, {.discordant = wrong}), std::invalid_argument);
    EXPECT_THROW(tango_power(10, 0.1, {.tail = wrong}), std::invalid_argument);
    EXPECT_THROW(tango_needed(wrong, {}, 0.8), std::invalid_argument);
    EXPECT_THROW(tango_needed(0.1, {}, wrong), std::invalid_argument);
    EXPECT_THROW(tango_detectable(10, {}, wrong), std::invalid_argument);
    EXPECT_THROW(tango_margin(10, wrong, {}, 0.8), std::invalid_argument);
    EXPECT_THROW(mcnemar_power(10, wrong, {}), std::invalid_argument);
    EXPECT_THROW(mcnemar_needed(wrong, {}, 0.8), std::invalid_argument);
    EXPECT_THROW(mcnemar_detectable(10, {}, wrong), std::invalid_argument);
  }
  EXPECT_THROW(tango_power(0, 0.1, {}), std::invalid_argument);
  EXPECT_THROW(mcnemar_power(10, 0.1, {.margin = 0.01}), std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
