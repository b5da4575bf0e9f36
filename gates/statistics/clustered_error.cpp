// The mean of values that are alike within a cluster.
//
// Method: residuals are summed within each cluster before they are squared,
// SE² = G/(G−1) · Σ_g (Σ_{i∈g} (x_i − x̄))² / n², with t on G − 1 degrees of freedom (Liang & Zeger 1986;
// Miller 2024, "Adding error bars to evals", arXiv:2411.00640). With clusters of one value it is the
// ordinary standard error.
//
// Assumption: clusters are independent of each other; nothing is assumed inside one.
// Limits: below about 10 clusters the standard error is itself too uncertain, and on average too small.

#include "gates/statistics/clustered_error.h"

#include <cmath>
#include <map>

#include "gates/statistics/descriptive.h"
#include "gates/statistics/input.h"

namespace modelgate {

StudentEstimate clustered_mean(std::span<const double> values, std::span<const std::int64_t> cluster) {
  require_values(values, 2);
  require(values.size() == cluster.size(), "there is not one cluster for each value");
  const double center = mean(values);
  std::map<std::int64_t, double> residuals;
  for (std::size_t i = 0; i < values.size(); ++i) residuals[cluster[i]] += values[i] - center;
  require(residuals.size() >= 2, "at least two clusters are needed");

  double squares = 0;
  for (const auto& [id, sum] : residuals) squares += sum * sum;
  const auto n = static_cast<double>(values.size()), clusters = static_cast<double>(residuals.size());
  return {center, std::sqrt(clusters / (clusters - 1) * squares) / n, clusters - 1};
}

}  // namespace modelgate
