// With x values and T sizes of n units the estimate is R = Σx/ΣT, and its error is about Σ(x − R·T)/ΣT
// (Cochran, Sampling Techniques, 1977, chapter 6). The two supposed units leave R as it is.

#include "gates/quality/linear_estimate.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "gates/statistics/exact_sum.h"

namespace modelgate {

StudentEstimate linear_estimate(std::span<const double> values, std::span<const double> sizes) {
  ExactSum sum_of_values, sum_of_sizes, squares;
  sum_of_values.add(values);
  sum_of_sizes.add(sizes);
  const double size = sum_of_sizes.total(), ratio = sum_of_values.total() / size;
  double farthest = 0;
  for (std::size_t u = 0; u < values.size(); ++u) {
    const double residual = values[u] - ratio * sizes[u];
    squares.add(residual * residual);
    farthest = std::max(farthest, std::abs(residual));
  }
  const auto seen = static_cast<double>(values.size());
  const double units = seen + 2, whole = size * units / seen;
  StudentEstimate estimate;
  estimate.estimate = ratio;
  estimate.standard_error =
      std::sqrt(units / (units - 1) * (squares.total() + 2 * farthest * farthest)) / whole;
  estimate.degrees_of_freedom = seen - 1;
  return estimate;
}

StudentEstimate estimate_by_influences(double estimate, std::span<const double> influences) {
  const std::vector<double> ones(influences.size(), 1.0);
  StudentEstimate result = linear_estimate(influences, ones);
  result.standard_error *= static_cast<double>(influences.size());
  result.estimate = estimate;
  return result;
}

}  // namespace modelgate
