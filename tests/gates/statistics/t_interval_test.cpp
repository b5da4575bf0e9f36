#include "gates/statistics/t_interval.h"

#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>
#include <vector>

namespace modelgate {
namespace {

TEST(EquivalenceTest, gives_the_published_p_value_and_interval) {
  const StudentEstimate estimate{0.1646667, 0.1357514, 14};
  EXPECT_NEAR(equivalence_p(estimate, 0.6), 0.003166881, 5e-9);
  EXPECT_NEAR(estimate.bounds(0.05).lower, -0.0744337, 1e-7);
  EXPECT_NEAR(estimate.bounds(0.05).upper, 0.4037670, 1e-7);
}

TEST(MeanEstimateTest, mirrors_when_the_sign_does) {
  const std::vector<double> x{0.3, -1.2, 0.8, 0.1, 2.5}, minus{-0.3, 1.2, -0.8, -0.1, -2.5};
  EXPECT_EQ(mean_estimate(x).p_greater(0.2), mean_estimate(minus).p_less(-0.2));
  EXPECT_EQ(mean_estimate(x).bounds(0.05).lower, -mean_estimate(minus).bounds(0.05).upper);
}

TEST(MeanEstimateTest, decides_the_same_by_bound_and_by_p_value) {
  const StudentEstimate estimate = mean_estimate(std::vector{0.3, -1.2, 0.8, 0.1, 2.5});
  EXPECT_NEAR(estimate.p_greater(estimate.bounds(0.05).lower), 0.05, 1e-9);
  EXPECT_NEAR(estimate.p_less(estimate.bounds(0.05).upper), 0.05, 1e-9);
}

TEST(MeanEstimateTest, says_so_when_there_is_no_spread) {
  const StudentEstimate equal = mean_estimate(std::vector{2.0, 2.0, 2.0});
  EXPECT_TRUE(equal.degenerate());
  EXPECT_EQ(equal.bounds(0.05).upper, 2);
  EXPECT_EQ(equal.p_greater(1), 0);
  EXPECT_EQ(equal.p_greater(2), 0.5);
  EXPECT_EQ(equal.p_greater(3), 1);
  EXPECT_FALSE(mean_estimate(std::vector{2.0, 2.5}).degenerate());
}

TEST(WelchTest, exchanging_the_samples_changes_the_sign) {
  const std::vector<double> x{1, 2, 4}, y{2, 8, 9, 11};
  EXPECT_EQ(welch(x, y).estimate, -welch(y, x).estimate);
  EXPECT_EQ(welch(x, y).p_greater(0.5), welch(y, x).p_less(-0.5));
}

TEST(WelchTest, counts_the_degrees_of_freedom_of_one_constant_sample) {
  EXPECT_DOUBLE_EQ(welch(std::vector{1.0, 2.0, 4.0}, std::vector{3.0, 3.0}).degrees_of_freedom, 2);
}

TEST(StudentEstimateTest, refuses_too_few_values_and_nan) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(mean_estimate(std::vector{1.0}), std::invalid_argument);
  EXPECT_THROW(mean_estimate(std::vector{1.0, nan}), std::invalid_argument);
  EXPECT_THROW(welch(std::vector{1.0, 2.0}, std::vector{nan, 1.0}), std::invalid_argument);
  EXPECT_THROW(mean_estimate(std::vector{1.0, 2.0}).p_greater(nan), std::invalid_argument);
  EXPECT_THROW((StudentEstimate{nan, 1, 3}.bounds(0.05)), std::invalid_argument);
  EXPECT_THROW((StudentEstimate{0, nan, 3}.bounds(0.05)), std::invalid_argument);
  EXPECT_THROW(equivalence_p(StudentEstimate{0, 1, 3}, 0), std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
