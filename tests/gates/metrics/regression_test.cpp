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

RegressionSums sums_of(const Predictions& rows) {
  RegressionSums sums;
  for (std::size_t i = 0; i < rows.target.size(); ++i) sums.add(rows.target[i], rows.predicted[i]);
  return sums;
}

std::vector<double> all_metrics(const RegressionSums& sums) {
  return {sums.mean_absolute_error(), sums.mean_squared_error(), sums.root_mean_squared_error(),
          sums.mean_absolute_percentage_error(), sums.r_squared()};
}

// Errors 1 and −3 of targets 2 and 4: around their mean 3 the squares are 1 and 1.
TEST(RegressionTest, is_right_by_hand) {
  const RegressionSums sums = sums_of({{2, 4}, {1, 7}});
  EXPECT_EQ(all_metrics(sums), (std::vector<double>{2, 5, std::sqrt(5), (0.5 + 0.75) / 2, 1 - 10.0 / 2}));
  EXPECT_EQ(absolute_percentage_error(0, 1), std::ldexp(1, 52));
}

TEST(RegressionTest, the_order_of_rows_and_parts_change_no_bit) {
  Predictions rows = predictions(3'001, 7, 1);
  const std::vector<double> whole = all_metrics(sums_of(rows));
  const double correlation = spearman(rows.target, rows.predicted);
  std::vector<RegressionSums> parts(5);
  for (std::size_t i = 0; i < rows.target.size(); ++i) parts[i % 5].add(rows.target[i], rows.predicted[i]);
  RegressionSums merged;
  for (const RegressionSums& part : parts) merged.merge(part);
  EXPECT_EQ(all_metrics(merged), whole);
  std::rotate(rows.target.begin(), rows.target.begin() + 1'234, rows.target.end());
  std::rotate(rows.predicted.begin(), rows.predicted.begin() + 1'234, rows.predicted.end());
  EXPECT_EQ(all_metrics(sums_of(rows)), whole);
  EXPECT_EQ(spearman(rows.target, rows.predicted, 2), correlation);
}

// Sums of squares of such targets have no digit left for their spread, unless they are exact.
TEST(RegressionTest, r_squared_does_not_see_where_the_zero_lies) {
  const Predictions rows = predictions(1'000, 0, 2);
  Predictions moved = rows;
  const double far = 1e9;
  for (double& value : moved.target) value = value * 16 + far;  // which 1e9 has digits enough for
  Predictions exact;
  for (std::size_t i = 0; i < rows.target.size(); ++i) {
    moved.predicted[i] = moved.target[i] + std::round(rows.predicted[i] * 16) / 16;
    exact.target.push_back(moved.target[i] - far);
    exact.predicted.push_back(moved.predicted[i] - far);
  }
  EXPECT_NEAR(sums_of(moved).r_squared(), sums_of(exact).r_squared(), 1e-14);
}

TEST(RegressionTest, repeated_rows_change_nothing) {
  const Predictions rows = predictions(100, 3, 3);
  RegressionSums twice = sums_of(rows);
  twice.merge(twice);
  const std::vector<double> once = all_metrics(sums_of(rows)), doubled = all_metrics(twice);
  for (std::size_t i = 0; i < once.size(); ++i) EXPECT_DOUBLE_EQ(doubled[i], once[i]);
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
  for (const double value : all_metrics(RegressionSums())) EXPECT_TRUE(std::isnan(value));
  EXPECT_TRUE(std::isnan(sums_of({{0.1, 0.1, 0.1}, {0.1, 0.2, 0.3}}).r_squared()));
  EXPECT_TRUE(std::isnan(sums_of({{1}, {1}}).r_squared()));
  EXPECT_TRUE(std::isnan(sums_of({{1e200, -1e200}, {1, 1}}).r_squared()));
  EXPECT_TRUE(std::isnan(sums_of({{1e154, 1.2e154, 1.1e154}, {1.1e154, 1.1e154, 1.1e154}}).r_squared()));
  EXPECT_TRUE(std::isnan(sums_of({{1e200}, {-1e200}}).mean_squared_error()));
  EXPECT_TRUE(std::isnan(spearman(std::vector{1.0, 2.0}, std::vector{3.0, 3.0})));
  EXPECT_TRUE(std::isnan(spearman({}, {})));
}

TEST(RegressionTest, refuses_what_is_no_number) {
  for (const double value : {std::nan(""), std::numeric_limits<double>::infinity()}) {
    EXPECT_THROW(absolute_error(value, 1), std::invalid_argument);
    EXPECT_THROW(RegressionSums().add(1, value), std::invalid_argument);
    EXPECT_THROW(spearman(std::vector{1.0, value}, std::vector{1.0, 2.0}), std::invalid_argument);
  }
  EXPECT_THROW(spearman(std::vector{1.0}, std::vector{1.0, 2.0}), std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
