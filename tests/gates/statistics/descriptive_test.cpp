#include "gates/statistics/descriptive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>
#include <vector>

namespace modelgate {
namespace {

TEST(DescriptiveTest, finds_the_middle_of_odd_and_even_samples) {
  EXPECT_EQ(median(std::vector{5.0, 1.0, 3.0}), 3);
  EXPECT_EQ(median(std::vector{5.0, 1.0, 3.0, 4.0}), 3.5);
  EXPECT_EQ(median_absolute_deviation(std::vector{1.0, 1.0, 2.0, 2.0, 4.0, 6.0, 9.0}), 1);
}

TEST(DescriptiveTest, loses_no_digits_in_long_sums) {
  std::vector<double> values(1'000'000, 0.1);
  EXPECT_DOUBLE_EQ(mean(values), 0.1);
  EXPECT_EQ(mean(std::vector{1e100, 1.0, -1e100, 1.0}), 0.5);
  EXPECT_DOUBLE_EQ(variance(std::vector{1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16}), 30);
}

TEST(DescriptiveTest, gives_tied_values_the_middle_of_their_ranks) {
  EXPECT_THAT(doubled_midranks(std::vector{7.0, 5.0, 7.0, 9.0}), testing::ElementsAre(5, 2, 5, 8));
}

TEST(DescriptiveTest, refuses_nothing_and_nan) {
  const double nan = std::numeric_limits<double>::quiet_NaN(),
               infinity = std::numeric_limits<double>::infinity();
  EXPECT_THROW(mean({}), std::invalid_argument);
  EXPECT_THROW(median({}), std::invalid_argument);
  EXPECT_THROW(variance(std::vector{1.0}), std::invalid_argument);
  EXPECT_THROW(mean(std::vector{1.0, nan}), std::invalid_argument);
  EXPECT_THROW(median(std::vector{infinity}), std::invalid_argument);
  EXPECT_THROW(doubled_midranks(std::vector{nan, 1.0}), std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
