#include "gates/statistics/quantile_bounds.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace modelgate {
namespace {

void expect_orders(std::int64_t n, double quantile, double tail, std::int64_t lower, std::int64_t upper) {
  const QuantileOrders orders = quantile_orders(n, quantile, tail);
  EXPECT_EQ(orders.lower, lower);
  EXPECT_EQ(orders.upper, upper);
}

TEST(QuantileOrdersTest, gives_the_published_orders) {
  expect_orders(12, 0.2, 0.1, 1, 5);
  expect_orders(12, 0.5, 0.1, 4, 9);
  expect_orders(12, 0.8, 0.1, 8, 12);
}

TEST(QuantileOrdersTest, needs_299_values_for_an_upper_bound_of_p99) {
  EXPECT_FALSE(quantile_orders(298, 0.99, 0.05).upper);
  EXPECT_EQ(quantile_orders(299, 0.99, 0.05).upper, 299);
  EXPECT_FALSE(quantile_orders(2'994, 0.999, 0.05).upper);
  EXPECT_EQ(quantile_orders(2'995, 0.999, 0.05).upper, 2'995);
  EXPECT_EQ(values_needed(0.99, 0, 0.05), 299);
}

TEST(ValuesNeededTest, gives_the_published_early_stopping_counts) {
  EXPECT_EQ(values_needed(0.90, 1, 0.01), 64);
  EXPECT_EQ(values_needed(0.99, 0, 0.01), 459);
  EXPECT_EQ(values_needed(0.99, 1, 0.01), 662);
}

TEST(QuantileBoundsTest, takes_the_values_of_those_orders_and_mirrors) {
  std::vector<double> values(12), minus(12);
  std::iota(values.begin(), values.end(), 101.0);
  for (std::size_t i = 0; i < values.size(); ++i) minus[i] = -values[i];
  const Interval bounds = quantile_bounds(values, 0.2, 0.1), mirrored = quantile_bounds(minus, 0.8, 0.1);
  EXPECT_EQ(bounds.lower, 101);
  EXPECT_EQ(bounds.upper, 105);
  EXPECT_EQ(mirrored.lower, -bounds.upper);
  EXPECT_EQ(mirrored.upper, -bounds.lower);
}

TEST(QuantileBoundsTest, has_no_bound_from_too_few_values) {
  const Interval bounds = quantile_bounds(std::vector{1.0, 2.0, 3.0}, 0.99, 0.05);
  EXPECT_TRUE(std::isinf(bounds.upper));
}

TEST(QuantileBoundsTest, refuses_nan_and_impossible_quantiles) {
  EXPECT_THROW(quantile_bounds(std::vector{1.0, std::numeric_limits<double>::quiet_NaN()}, 0.5, 0.05),
               std::invalid_argument);
  EXPECT_THROW(quantile_bounds({}, 0.5, 0.05), std::invalid_argument);
  EXPECT_THROW(quantile_orders(10, 1, 0.05), std::invalid_argument);
  EXPECT_THROW(values_needed(0.99, -1, 0.05), std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
