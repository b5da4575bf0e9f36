#include "gates/statistics/bound_inversion.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "gates/statistics/distributions.h"
#include "gates/statistics/proportion_interval.h"

namespace modelgate {
namespace {

TEST(BoundInversionTest, gives_the_binomial_test_of_clopper_and_pearson) {
  for (const std::int64_t right : {80, 90, 95, 100})
    for (const double share : {0.7, 0.75}) {
      const auto lower = [&](double tail) { return clopper_pearson(right, 100, tail).lower; };
      const double exact = binomial_at_least(right, 100, share);
      const double p = p_of_lower_bound(lower, share);
      if (exact > 0.5)
        EXPECT_EQ(p, 1);
      else
        EXPECT_NEAR(p, exact, 1e-8 * exact + 1e-12) << right << " " << share;
    }
}

TEST(BoundInversionTest, is_one_where_the_bound_never_reaches_the_threshold) {
  EXPECT_EQ(p_of_lower_bound([](double) { return 0.2; }, 0.3), 1);
  EXPECT_EQ(p_of_lower_bound([](double) { return std::numeric_limits<double>::quiet_NaN(); }, 0.3), 1);
  EXPECT_EQ(p_of_lower_bound([](double) { return -std::numeric_limits<double>::infinity(); }, 0.3), 1);
}

TEST(BoundInversionTest, is_never_below_the_smallest_tail) {
  EXPECT_EQ(p_of_lower_bound([](double) { return 0.3; }, 0.3), 1e-12);
}

}  // namespace
}  // namespace modelgate
