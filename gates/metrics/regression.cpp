// Metrics of numbers that are predicted.
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
