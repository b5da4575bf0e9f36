// Metrics of language models, from log-likelihoods of documents.
//
// Perplexity is a ratio of sums, not a mean over documents: a long document counts by its tokens. With d a
// document's value and T its size, Δ = Σd/ΣT, and to first order Δ errs as the mean of d − ΔT does (the
// ratio estimator: Cochran 1977, Sampling Techniques, 6.4):
//   SE² = n/(n−1) · Σ(d − ΔT)² / (ΣT)²,
// with t on n − 1 degrees of freedom. In clusters the residuals d − ΔT are summed before they are squared
// (clustered_error.h). All sums are exact.
//
// Assumption: documents (clusters) are independent, and none holds most of the tokens. Limits: below about 30
// documents, or where sizes differ by orders of magnitude, the standard error is too small.

#include "gates/metrics/language.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

#include "gates/statistics/exact_sum.h"
#include "gates/statistics/input.h"

namespace modelgate {

double perplexity(double nll, std::int64_t tokens) {
  require_value(nll);
  require(tokens > 0, "there are no tokens");
  return std::exp(nll / static_cast<double>(tokens));
}

double bits_per_byte(double nll, std::int64_t bytes) {
  require_value(nll);
  require(bytes > 0, "there are no bytes");
  return nll / static_cast<double>(bytes) / std::numbers::ln2;
}

StudentEstimate ratio_of_sums(std::span<const double> values, std::span<const std::int64_t> sizes,
                              std::span<const std::int64_t> cluster) {
  require_values(values, 2);
  require(sizes.size() == values.size(), "there is not one size for each value");
  require(cluster.empty() || cluster.size() == values.size(), "there is not one cluster for each value");
  ExactSum sum;
  sum.add(values);
  std::int64_t size = 0;
  for (const std::int64_t some : sizes) {
    require(some >= 0 && some <= (std::int64_t{1} << 53) - size, "a size is out of range");
    size += some;
  }
  require(size > 0, "all sizes are 0");
  const double ratio = sum.total() / static_cast<double>(size);

  const auto residual = [&](std::size_t i) { return values[i] - ratio * static_cast<double>(sizes[i]); };
  ExactSum squares;
  std::size_t units = values.size();
  if (cluster.empty()) {
    for (std::size_t i = 0; i < values.size(); ++i) squares.add(residual(i) * residual(i));
  } else {
    std::vector<std::pair<std::int64_t, double>> residuals;
    residuals.reserve(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) residuals.emplace_back(cluster[i], residual(i));
    std::sort(residuals.begin(), residuals.end());
    units = 0;
    for (std::size_t i = 0; i < residuals.size(); ++units) {
      ExactSum of_cluster;
      const std::int64_t number = residuals[i].first;
      for (; i < residuals.size() && residuals[i].first == number; ++i) of_cluster.add(residuals[i].second);
      squares.add(of_cluster.total() * of_cluster.total());
    }
    require(units >= 2, "at least two clusters are needed");
  }
  const auto n = static_cast<double>(units);
  return {ratio, std::sqrt(n / (n - 1) * squares.total()) / static_cast<double>(size), n - 1};
}

StudentEstimate nll_difference(std::span<const double> first, std::span<const double> second,
                               std::span<const std::int64_t> tokens, std::span<const std::int64_t> cluster) {
  require_values(first, 2);
  require_values(second, 2);
  require(first.size() == second.size(), "there are not two values for each document");
  std::vector<double> differences;
  differences.reserve(first.size());
  for (std::size_t i = 0; i < first.size(); ++i) differences.push_back(first[i] - second[i]);
  return ratio_of_sums(differences, tokens, cluster);
}

}  // namespace modelgate
