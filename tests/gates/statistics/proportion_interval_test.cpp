#include "gates/statistics/proportion_interval.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "gates/statistics/distributions.h"

namespace modelgate {
namespace {

TEST(ClopperPearsonTest, is_the_rule_of_three_when_nothing_failed) {
  EXPECT_NEAR(clopper_pearson(100, 100, 0.05).lower, std::pow(0.05, 0.01), 1e-12);
  EXPECT_EQ(clopper_pearson(100, 100, 0.05).upper, 1);
  EXPECT_EQ(clopper_pearson(0, 100, 0.05).lower, 0);
}

TEST(ClopperPearsonTest, bounds_lie_where_the_binomial_tails_say) {
  const Interval bounds = clopper_pearson(17, 60, 0.025);
  EXPECT_NEAR(binomial_at_least(17, 60, bounds.lower), 0.025, 1e-9);
  EXPECT_NEAR(binomial_at_most(17, 60, bounds.upper), 0.025, 1e-9);
}

TEST(WilsonTest, mirrors_successes_and_failures) {
  EXPECT_NEAR(wilson(7, 30, 0.05).lower, 1 - wilson(23, 30, 0.05).upper, 1e-15);
  EXPECT_EQ(wilson(0, 30, 0.05).lower, 0);
  EXPECT_EQ(wilson(30, 30, 0.05).upper, 1);
}

TEST(ProportionIntervalTest, refuses_no_trials_and_impossible_counts) {
  EXPECT_THROW(clopper_pearson(0, 0, 0.05), std::invalid_argument);
  EXPECT_THROW(clopper_pearson(5, 4, 0.05), std::invalid_argument);
  EXPECT_THROW(wilson(-1, 4, 0.05), std::invalid_argument);
  EXPECT_THROW(wilson(1, 4, 0.6), std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
