#include "gates/statistics/multiple_testing.h"

#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>
#include <vector>

namespace modelgate {
namespace {

const std::vector<double> published{.005, .009, .019, .022, .051, .101, .361, .387};

void expect_rounded(const std::vector<double>& adjusted, const std::vector<double>& expected) {
  ASSERT_EQ(adjusted.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_NEAR(adjusted[i], expected[i], 5.0001e-4) << i;
}

TEST(HolmTest, gives_the_published_values) {
  expect_rounded(holm(published), {.04, .063, .114, .114, .204, .303, .722, .722});
}

TEST(BenjaminiHochbergTest, gives_the_published_values) {
  expect_rounded(benjamini_hochberg(published), {.036, .036, .044, .044, .082, .135, .387, .387});
}

TEST(HolmTest, keeps_the_order_of_the_input) {
  const auto adjusted = holm(std::vector{0.5, 0.01, 0.02});
  EXPECT_DOUBLE_EQ(adjusted[0], 0.5);
  EXPECT_DOUBLE_EQ(adjusted[1], 0.03);
  EXPECT_DOUBLE_EQ(adjusted[2], 0.04);
}

TEST(HolmTest, never_exceeds_one_and_leaves_one_test_alone) {
  EXPECT_EQ(holm(std::vector{0.9, 0.8})[0], 1);
  EXPECT_EQ(holm(std::vector{0.04})[0], 0.04);
  EXPECT_TRUE(holm({}).empty());
}

TEST(MultipleTestingTest, refuses_what_is_not_a_probability) {
  EXPECT_THROW(holm(std::vector{0.1, std::numeric_limits<double>::quiet_NaN()}), std::invalid_argument);
  EXPECT_THROW(holm(std::vector{-0.1}), std::invalid_argument);
  EXPECT_THROW(benjamini_hochberg(std::vector{1.1}), std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
