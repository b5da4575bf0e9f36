// Bias-corrected and accelerated bounds (BCa) from the replicates of any bootstrap.
//
// Method: the percentiles of the replicates are shifted by z0, which is how far the estimate lies from their
// median, and stretched by a, the skewness of the jackknife (Efron 1987, JASA 82:171; Efron & Tibshirani
// 1993, chapter 14).
//
// The p-values invert the bounds: the tail at which the BCa bound reaches δ, from the share (1 + k)/(B + 1)
// (Davison & Hinkley 1997, 4.2), so that a decision by p and one by bound cannot contradict each other by
// more than the grain of 1/(B + 1).
//
// Assumption: some transformation of the statistic is normal with a standard deviation that changes linearly.
// Limits: a tail below about 10/B is read off too few replicates.

#include "gates/statistics/bca.h"

#include <algorithm>
#include <cmath>

#include "gates/statistics/distributions.h"
#include "gates/statistics/input.h"

namespace modelgate {

namespace {

double at_most(std::span<const double> sorted, double value) {
  return static_cast<double>(std::upper_bound(sorted.begin(), sorted.end(), value) - sorted.begin());
}

double below(std::span<const double> sorted, double value) {
  return static_cast<double>(std::lower_bound(sorted.begin(), sorted.end(), value) - sorted.begin());
}

/// The share of replicates to which the normal tail `z` belongs, and the way back.
double adjusted_share(double z, double z0, double a) {
  const double s = z0 + z, scale = 1 - a * s;
  // Beyond its pole the transformation is meaningless; the bound is then the end of the replicates.
  if (!(scale > 0)) return s > 0 ? 1 : 0;
  return normal_lower(z0 + s / scale);
}

double unadjusted_p(double share, double z0, double a) {
  if (share >= 1) return 1;
  const double w = normal_quantile(share) - z0, scale = 1 + a * w;
  if (!(scale > 0)) return w > 0 ? 1 : 0;
  return normal_lower(w / scale - z0);
}

}  // namespace

bool Bootstrap::degenerate() const {
  if (!std::isfinite(estimate) || replicates.size() < 2) return true;
  if (undefined * 100 > undefined + static_cast<std::int64_t>(replicates.size())) return true;
  return replicates.front() == replicates.back();
}

Interval Bootstrap::bounds(double tail) const {
  require_tail(tail);
  if (degenerate()) return {};
  const double z = normal_quantile(tail);
  const auto count = static_cast<double>(replicates.size());
  const auto replicate = [&](double order) {
    return replicates[static_cast<std::size_t>(std::clamp(order, 1.0, count)) - 1];
  };
  return {replicate(std::floor((count + 1) * adjusted_share(z, bias_correction, acceleration))),
          replicate(std::ceil((count + 1) * adjusted_share(-z, bias_correction, acceleration)))};
}

double Bootstrap::p_greater(double delta) const {
  require_value(delta);
  if (degenerate()) return 1;
  const auto all = static_cast<double>(replicates.size()) + static_cast<double>(undefined);
  const double share = (1 + at_most(replicates, delta) + static_cast<double>(undefined)) / (all + 1);
  return std::clamp(unadjusted_p(share, bias_correction, acceleration), 1 / (all + 1), 1.0);
}

double Bootstrap::p_less(double delta) const {
  require_value(delta);
  if (degenerate()) return 1;
  const auto all = static_cast<double>(replicates.size()) + static_cast<double>(undefined);
  const double at_least = static_cast<double>(replicates.size()) - below(replicates, delta);
  const double share = (1 + at_least + static_cast<double>(undefined)) / (all + 1);
  return std::clamp(unadjusted_p(share, -bias_correction, -acceleration), 1 / (all + 1), 1.0);
}

double jackknife_acceleration(std::span<const double> without, std::span<const double> weight) {
  require(without.size() == weight.size(), "there is not one weight for each unit");
  double total = 0, sum = 0;
  for (std::size_t u = 0; u < without.size(); ++u) {
    if (!std::isfinite(without[u])) continue;
    total += weight[u];
    sum += weight[u] * without[u];
  }
  if (!(total > 0)) return 0;
  double squares = 0, cubes = 0;
  for (std::size_t u = 0; u < without.size(); ++u) {
    if (!std::isfinite(without[u])) continue;
    const double d = sum / total - without[u];
    squares += weight[u] * d * d;
    cubes += weight[u] * d * d * d;
  }
  return squares > 0 ? cubes / (6 * std::pow(squares, 1.5)) : 0;
}

Bootstrap bca(double estimate, std::vector<double> replicates) {
  Bootstrap result;
  result.estimate = estimate;
  result.replicates = std::move(replicates);
  result.undefined = std::erase_if(result.replicates, [](double value) { return !std::isfinite(value); });
  std::sort(result.replicates.begin(), result.replicates.end());
  if (result.degenerate()) return result;

  const double lower = below(result.replicates, result.estimate);
  const double equal = at_most(result.replicates, result.estimate) - lower;
  const auto count = static_cast<double>(result.replicates.size());
  // An estimate outside all replicates would put z0 at infinity; half a replicate is as far as B can tell.
  result.bias_correction =
      normal_quantile(std::clamp((lower + equal / 2) / count, 0.5 / count, 1 - 0.5 / count));
  return result;
}

void require_settings(const BootstrapSettings& settings) {
  require(settings.resamples >= 100, "at least 100 resamples are needed");
  require(settings.threads >= 0, "the number of threads is negative");
}

}  // namespace modelgate
