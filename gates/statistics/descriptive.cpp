// Numbers that describe a sample. Sums are compensated (Neumaier 1974), so that the mean of a million
// latencies loses no digits; the variance is computed in a second pass around the mean.

#include "gates/statistics/descriptive.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "gates/statistics/input.h"

namespace modelgate {

namespace {

class Sum {
 public:
  void add(double value) {
    const double next = sum_ + value;
    correction_ += std::abs(sum_) >= std::abs(value) ? (sum_ - next) + value : (value - next) + sum_;
    sum_ = next;
  }
  double total() const { return sum_ + correction_; }

 private:
  double sum_ = 0, correction_ = 0;
};

}  // namespace

double mean(std::span<const double> values) {
  require_values(values, 1);
  Sum sum;
  for (const double value : values) sum.add(value);
  return sum.total() / static_cast<double>(values.size());
}

double variance(std::span<const double> values) {
  require_values(values, 2);
  const double center = mean(values);
  Sum squares;
  for (const double value : values) squares.add((value - center) * (value - center));
  return squares.total() / static_cast<double>(values.size() - 1);
}

double median(std::span<const double> values) {
  require_values(values, 1);
  std::vector<double> sorted(values.begin(), values.end());
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  if (sorted.size() % 2 == 1) return *middle;
  return std::midpoint(*std::max_element(sorted.begin(), middle), *middle);
}

double median_absolute_deviation(std::span<const double> values) {
  const double center = median(values);
  std::vector<double> deviations;
  deviations.reserve(values.size());
  for (const double value : values) deviations.push_back(std::abs(value - center));
  return median(deviations);
}

std::vector<long> doubled_midranks(std::span<const double> values) {
  require_values(values, 1);
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return values[a] < values[b]; });
  std::vector<long> ranks(values.size());
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin;
    while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
    for (std::size_t i = begin; i < end; ++i) ranks[order[i]] = static_cast<long>(begin + 1 + end);
    begin = end;
  }
  return ranks;
}

}  // namespace modelgate
