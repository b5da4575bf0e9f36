#include "gates/statistics/paired_proportions.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

#include "gates/statistics/mcnemar.h"

namespace modelgate {
namespace {

constexpr PairedCounts airways{59, 6, 16, 80}, blood{1, 1, 7, 12};

TEST(TangoTest, gives_the_published_intervals) {
  const Interval first = tango_bounds(airways, 0.025);
  EXPECT_NEAR(airways.difference(), -0.0621, 5e-5);
  EXPECT_NEAR(first.lower, -0.1240, 5e-5);
  EXPECT_NEAR(first.upper, -0.0054, 5e-5);
  const Interval second = tango_bounds(blood, 0.025);
  EXPECT_NEAR(second.lower, -0.5172, 5e-5);
  EXPECT_NEAR(second.upper, -0.0260, 5e-5);
}

TEST(NewcombeTest, gives_the_published_intervals) {
  const Interval first = newcombe_bounds(airways, 0.025);
  EXPECT_NEAR(first.lower, -0.1186, 5e-5);
  EXPECT_NEAR(first.upper, -0.0046, 5e-5);
  const Interval second = newcombe_bounds(blood, 0.025);
  EXPECT_NEAR(second.lower, -0.5069, 5e-5);
  EXPECT_NEAR(second.upper, -0.0256, 5e-5);
}

TEST(TangoTest, is_mcnemars_test_at_no_difference) {
  EXPECT_DOUBLE_EQ(std::pow(tango_statistic(airways, 0), 2), mcnemar(6, 16).statistic);
}

TEST(TangoTest, mirrors_to_the_last_bit_when_the_models_are_exchanged) {
  for (const PairedCounts& counts : {airways, blood, PairedCounts{90, 0, 0, 10}, PairedCounts{0, 5, 0, 0},
                                     PairedCounts{9'000, 123, 77, 800}}) {
    const PairedCounts mirrored{counts.both, counts.only_second, counts.only_first, counts.neither};
    for (const double tail : {0.05, 0.025, 0.001}) {
      EXPECT_EQ(tango_bounds(counts, tail).lower, -tango_bounds(mirrored, tail).upper);
      EXPECT_EQ(tango_bounds(counts, tail).upper, -tango_bounds(mirrored, tail).lower);
      EXPECT_NEAR(newcombe_bounds(counts, tail).lower, -newcombe_bounds(mirrored, tail).upper, 1e-15);
    }
    for (const double delta : {-0.3, -0.01, 0.0, 0.02, 0.9}) {
      EXPECT_EQ(tango_p_greater(counts, delta), tango_p_less(mirrored, -delta));
    }
  }
}

TEST(TangoTest, decides_the_same_by_bound_and_by_p_value) {
  for (const PairedCounts& counts :
       {airways, blood, PairedCounts{950, 20, 12, 18}, PairedCounts{20, 0, 0, 0}}) {
    const Interval bounds = tango_bounds(counts, 0.05);
    EXPECT_NEAR(tango_p_greater(counts, bounds.lower), 0.05, 1e-6);
    EXPECT_NEAR(tango_p_less(counts, bounds.upper), 0.05, 1e-6);
  }
}

TEST(TangoTest, knows_that_identical_answers_still_leave_a_doubt) {
  const Interval bounds = tango_bounds({1'000, 0, 0, 0}, 0.05);
  // T = √(Nδ/(1 − δ)) = z at δ = z²/(N + z²)
  EXPECT_NEAR(bounds.upper, 2.7055434541 / (1'000 + 2.7055434541), 1e-9);
  EXPECT_NEAR(bounds.lower, -bounds.upper, 1e-15);
  EXPECT_EQ(tango_p_greater({1'000, 0, 0, 0}, 0), 0.5);
}

TEST(TangoTest, reaches_the_ends_of_the_scale) {
  const Interval bounds = tango_bounds({0, 8, 0, 0}, 0.05);
  EXPECT_EQ(bounds.upper, 1);
  // T = √(N(1 − δ)/(1 + δ)) = z at δ = (N − z²)/(N + z²)
  EXPECT_NEAR(bounds.lower, (8 - 2.7055434541) / (8 + 2.7055434541), 1e-9);
  EXPECT_EQ(tango_bounds({0, 0, 8, 0}, 0.05).lower, -1);
}

TEST(TangoTest, proves_a_small_regression_only_with_enough_rows) {
  EXPECT_GT(tango_p_greater({900, 50, 20, 30}, 0.02), 0.05);  // 3 points worse, margin 2
  EXPECT_LT(tango_p_greater({90'000, 5'000, 2'000, 3'000}, 0.02), 1e-6);
}

TEST(TangoTest, refuses_no_rows_negative_counts_and_nan) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(tango_bounds({}, 0.05), std::invalid_argument);
  EXPECT_THROW(tango_bounds({5, -1, 0, 0}, 0.05), std::invalid_argument);
  EXPECT_THROW(tango_bounds(airways, nan), std::invalid_argument);
  EXPECT_THROW(tango_bounds(airways, 0), std::invalid_argument);
  EXPECT_THROW(tango_p_greater(airways, nan), std::invalid_argument);
  EXPECT_THROW(tango_p_less(airways, 1.5), std::invalid_argument);
  EXPECT_THROW(newcombe_bounds({}, 0.05), std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
