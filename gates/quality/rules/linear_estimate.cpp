// With x values and T sizes of n units the estimate is R = Σx/ΣT, and its error is about Σ(x − R·T)/ΣT
// (Cochran, Sampling Techniques, 1977, chapter 6). The two supposed units leave R as it is.

#include "gates/quality/rules/linear_estimate.h"

#include <algorithm>
#include <cmath>
#include <mutex>

#include "gates/statistics/exact_sum.h"
#include "gates/statistics/parallel.h"

namespace modelgate {
namespace {

constexpr std::size_t units_worth_a_thread = 100'000;

struct Sums {
  ExactSum values, sizes, squares;
  double farthest = 0;

  void merge(const Sums& other) {
    values.merge(other.values);
    sizes.merge(other.sizes);
    squares.merge(other.squares);
    farthest = std::max(farthest, other.farthest);
  }
};

template <typename Add>
Sums summed(std::size_t units, int threads, const Add& add) {
  Sums all;
  std::mutex mutex;
  in_parallel(units < units_worth_a_thread ? 1 : threads, units, [&](std::size_t first, std::size_t last) {
    Sums part;
    for (std::size_t u = first; u < last; ++u) add(u, part);
    const std::lock_guard lock(mutex);
    all.merge(part);
  });
  return all;
}

Sums sums_of_parts(std::size_t units, const std::function<LinearPart(std::size_t)>& part, int threads) {
  return summed(units, threads, [&](std::size_t u, Sums& to) {
    const LinearPart of_unit = part(u);
    to.values.add(of_unit.value);
    to.sizes.add(of_unit.size);
  });
}

}  // namespace

double linear_value(std::size_t units, const std::function<LinearPart(std::size_t)>& part, int threads) {
  const Sums sums = sums_of_parts(units, part, threads);
  return sums.values.total() / sums.sizes.total();
}

StudentEstimate linear_estimate(std::size_t units, const std::function<LinearPart(std::size_t)>& part,
                                int threads) {
  const Sums sums = sums_of_parts(units, part, threads);
  const double size = sums.sizes.total(), ratio = sums.values.total() / size;
  const Sums errors = summed(units, threads, [&](std::size_t u, Sums& to) {
    const LinearPart of_unit = part(u);
    const double residual = of_unit.value - ratio * of_unit.size;
    to.squares.add(residual * residual);
    to.farthest = std::max(to.farthest, std::abs(residual));
  });
  const double seen = static_cast<double>(units), supposed = seen + 2, whole = size * supposed / seen;
  StudentEstimate estimate;
  estimate.estimate = ratio;
  estimate.standard_error = std::sqrt(supposed / (supposed - 1) *
                                      (errors.squares.total() + 2 * errors.farthest * errors.farthest)) /
                            whole;
  estimate.degrees_of_freedom = seen - 1;
  return estimate;
}

StudentEstimate estimate_by_influences(double estimate, std::span<const double> influences, int threads) {
  StudentEstimate result = linear_estimate(
      influences.size(),
      [&](std::size_t u) {
        return LinearPart{influences[u], 1};
      },
      threads);
  result.standard_error *= static_cast<double>(influences.size());
  result.estimate = estimate;
  return result;
}

}  // namespace modelgate
