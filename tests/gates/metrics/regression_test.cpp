#include "gates/metrics/regression.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "gates/statistics/random.h"

namespace modelgate {
namespace {

struct Predictions {
  std::vector<double> target, predicted;
};

Predictions predictions(std::size_t rows, double center, std::uint64_t seed) {
  RandomStream random(seed, rows);
  Predictions result;
  for (std::size_t i = 0; i < rows; ++i) {
    result.target.push_back(center + std::round(random.unit() * 50) / 10);
    result.predicted.push_back(result.target.back() + random.unit() - 0.5);
  }
  return result;
}

TEST(RegressionTest, is_right_by_hand) {
  EXPECT_EQ(absolute_error(4, 7), 3);
  EXPECT_EQ(squared_error(4, 7), 9);
  EXPECT_EQ(absolute_percentage_error(4, 7), 0.75);
  EXPECT_EQ(absolute_percentage_error(0, 1), std::ldexp(1, 52));
}

TEST(RegressionTest, the_order_of_rows_changes_no_bit) {
  Predictions rows = predictions(3'001, 7, 1);
  const double correlation = spearman(rows.target, rows.predicted);
  std::rotate(rows.target.begin(), rows.target.begin() + 1'234, rows.target.end());
  std::rotate(rows.predicted.begin(), rows.predicted.begin() + 1'234, rows.predicted.end());
  EXPECT_EQ(spearman(rows.target, rows.predicted, 2), correlation);
}

TEST(RegressionTest, rank_correlation_depends_on_order_alone_and_changes_sign_with_it) {
  const Predictions rows = predictions(400, 2, 4);
  std::vector<double> risen, turned;
  for (const double value : rows.predicted) {
    risen.push_back(std::exp(value));
    turned.push_back(-value);
  }
  const double rho = spearman(rows.target, rows.predicted);
  EXPECT_EQ(spearman(rows.target, risen), rho);
  EXPECT_EQ(spearman(rows.target, turned), -rho);
  EXPECT_EQ(spearman(rows.predicted, rows.target), rho);
  EXPECT_DOUBLE_EQ(spearman(rows.target, rows.target), 1);
}

TEST(RegressionTest, says_where_it_is_not_defined) {
  EXPECT_TRUE(std::isnan(spearman(std::vector{1.0, 2.0}, std::vector{3.0, 3.0})));
  EXPECT_TRUE(std::isnan(spearman({}, {})));
}

TEST(RegressionTest, refuses_what_is_no_number) {
  for (const double value : {std::nan(""), std::numeric_limits<double>::infinity()}) {
    EXPECT_THROW(absolute_error(value, 1), std::invalid_argument);
    EXPECT_THROW(squared_error(1, value), std::invalid_argument);
    EXPECT_THROW(spearman(std::vector{1.0, value}, std::vector{1.0, 2.0}), std::invalid_argument);
  }
  EXPECT_THROW(spearman(std::vector{1.0}, std::vector{1.0, 2.0}), std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
