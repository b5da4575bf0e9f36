// Metrics of numbers that are predicted.
//
// R² sets the squared errors beside the squares around the mean of the targets. These come from the sums of
// targets and of their squares, both exact (exact_sum.h), so that they can be counted in parts and lose no
// digit where the mean is large and the spread small: with m the mean as a double,
// Σ(y − m)² = Σy² − 2m·Σy + n·m² is added up without error, and Σ(y − ȳ)² = Σ(y − m)² − (Σy − n·m)²/n.
//
// Spearman (1904, American Journal of Psychology 15:72) is Pearson's correlation of ranks. Twice a midrank is
// a whole number, so that the sums are exact in 128 bits.
//
// Limits: MAPE punishes predictions that are too high more than those that are too low, and is of no use
// where targets come near 0.

#include "gates/metrics/regression.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "gates/statistics/input.h"
#include "gates/statistics/value_order.h"

namespace modelgate {

namespace {

__extension__ using Wide = __int128;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// The mean of terms; NaN without rows, or where they are not all finite.
double mean_of(const ExactSum& sum, std::int64_t rows) {
  return rows > 0 && sum.finite() ? sum.total() / static_cast<double>(rows) : nan;
}

/// Adds factor·sum exactly: the sum is taken off in doubles, largest first, of which few are left.
void add_product(ExactSum& result, double factor, ExactSum sum) {
  for (double part = sum.total(); part != 0; part = sum.total()) {
    result.add_product(factor, part);
    sum.subtract(part);
  }
}

std::vector<std::int64_t> doubled_midranks_of(std::span<const double> values, int threads) {
  const std::vector<PlacedRow> order = rising_order(values, {}, threads);
  std::vector<std::int64_t> ranks(values.size());
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    while (end < order.size() && order[end].group == order[begin].group) ++end;
    for (std::size_t i = begin; i < end; ++i)
      ranks[order[i].row] = static_cast<std::int64_t>(begin + 1 + end);
  }
  return ranks;
}

}  // namespace

double absolute_error(double target, double predicted) {
  require_value(target);
  require_value(predicted);
  return std::abs(target - predicted);
}

double squared_error(double target, double predicted) {
  const double error = absolute_error(target, predicted);
  return error * error;
}

double absolute_percentage_error(double target, double predicted) {
  return absolute_error(target, predicted) /
         std::max(std::abs(target), std::numeric_limits<double>::epsilon());
}

void RegressionSums::add(double target, double predicted) {
  const double error = absolute_error(target, predicted);
  ++rows_;
  absolute_.add(error);
  squared_.add(error * error);
  percentage_.add(absolute_percentage_error(target, predicted));
  lowest_ = std::min(lowest_, target);
  highest_ = std::max(highest_, target);
  targets_.add(target);
  target_squares_.add_product(target, target);
}

void RegressionSums::merge(const RegressionSums& other) {
  rows_ += other.rows_;
  lowest_ = std::min(lowest_, other.lowest_);
  highest_ = std::max(highest_, other.highest_);
  absolute_.merge(other.absolute_);
  squared_.merge(other.squared_);
  percentage_.merge(other.percentage_);
  targets_.merge(other.targets_);
  target_squares_.merge(other.target_squares_);
}

double RegressionSums::mean_absolute_error() const { return mean_of(absolute_, rows_); }
double RegressionSums::mean_squared_error() const { return mean_of(squared_, rows_); }
double RegressionSums::root_mean_squared_error() const { return std::sqrt(mean_squared_error()); }
double RegressionSums::mean_absolute_percentage_error() const { return mean_of(percentage_, rows_); }

double RegressionSums::squares_around_mean() const {
  const auto n = static_cast<double>(rows_);
  const double mean = targets_.total() / n;
  ExactSum around = target_squares_, rest = targets_;
  rest.add_product(-n, mean);
  // Σy² − m·(Σy − n·m) − m·Σy, so that one number of many digits is multiplied at a time.
  add_product(around, -mean, rest);
  add_product(around, -mean, targets_);
  const double off = rest.total();
  return around.total() - off * off / n;
}

double RegressionSums::r_squared() const {
  if (!(lowest_ < highest_) || !target_squares_.finite() || !squared_.finite()) return nan;
  const double around = squares_around_mean();
  return around > 0 && std::isfinite(around) ? 1 - squared_.total() / around : nan;
}

double spearman(std::span<const double> first, std::span<const double> second, int threads) {
  require(first.size() == second.size(), "there are not two values for each row");
  const std::vector<std::int64_t> x = doubled_midranks_of(first, threads),
                                  y = doubled_midranks_of(second, threads);
  if (x.size() < 2) return nan;
  // Ranks less their mean, n + 1 when doubled, sum to 0.
  const auto center = static_cast<std::int64_t>(x.size()) + 1;
  Wide of_first = 0, of_second = 0, together = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const std::int64_t a = x[i] - center, b = y[i] - center;
    of_first += static_cast<Wide>(a) * a;
    of_second += static_cast<Wide>(b) * b;
    together += static_cast<Wide>(a) * b;
  }
  if (of_first == 0 || of_second == 0) return nan;
  return static_cast<double>(together) /
         (std::sqrt(static_cast<double>(of_first)) * std::sqrt(static_cast<double>(of_second)));
}

}  // namespace modelgate
