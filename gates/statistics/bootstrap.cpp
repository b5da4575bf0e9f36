// The bias-corrected and accelerated bootstrap (BCa) of any statistic of independent units.
//
// Method: units (rows, or whole clusters of rows) are drawn with replacement B times. The percentiles of the
// replicates are shifted by z0, which is how far the estimate lies from their median, and stretched by a, the
// skewness of the jackknife (Efron 1987, JASA 82:171; Efron & Tibshirani 1993, chapter 14). Both models
// answer the units drawn, so that what they share cancels: a paired bootstrap.
//
// Every resample has its own random stream, numbered by the resample: threads share nothing, and the same
// seed gives the same bits on one thread or sixty.
//
// The p-values invert the bounds: the tail at which the BCa bound reaches δ, from the share (1 + k)/(B + 1)
// (Davison & Hinkley 1997, 4.2), so that a decision by p and one by bound cannot contradict each other by
// more than the grain of 1/(B + 1).
//
// Assumption: units are independent, and the statistic is smooth enough in their weights (F1 and AUC are, a
// maximum is not). Limits: fewer than about 30 positives leave the percentiles coarse; it cannot see values
// that the data do not hold.

#include "gates/statistics/bootstrap.h"

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "gates/statistics/distributions.h"
#include "gates/statistics/input.h"
#include "gates/statistics/random.h"

namespace modelgate {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Runs body(first, last) over parts of [0, size) on all threads of the arena.
template <typename Body>
void in_parallel(tbb::task_arena& arena, std::size_t size, const Body& body) {
  arena.execute([&] {
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, size),
                      [&](const auto& range) { body(range.begin(), range.end()); });
  });
}

std::vector<double> replicates_of(std::span<const std::int64_t> multiplicity, const Statistic& statistic,
                                  const BootstrapSettings& settings, tbb::task_arena& arena) {
  std::vector<std::uint32_t> unit_of;
  for (std::size_t u = 0; u < multiplicity.size(); ++u) {
    unit_of.insert(unit_of.end(), static_cast<std::size_t>(multiplicity[u]), static_cast<std::uint32_t>(u));
  }
  const auto size = static_cast<std::uint32_t>(unit_of.size());
  std::vector<double> replicates(static_cast<std::size_t>(settings.resamples));
  in_parallel(arena, replicates.size(), [&](std::size_t first, std::size_t last) {
    std::vector<std::int64_t> counts(multiplicity.size());
    for (std::size_t r = first; r < last; ++r) {
      std::fill(counts.begin(), counts.end(), 0);
      RandomStream random(settings.seed, r);
      for (std::uint32_t i = 0; i < size; ++i) ++counts[unit_of[random.below(size)]];
      replicates[r] = statistic(counts);
    }
  });
  return replicates;
}

/// The acceleration: the skewness of the statistic with one unit left out. Units on whose loss it is not
/// defined tell nothing and are passed over.
double acceleration_of(std::span<const std::int64_t> multiplicity, const Statistic& statistic,
                       tbb::task_arena& arena) {
  std::vector<double> without(multiplicity.size(), nan);
  in_parallel(arena, without.size(), [&](std::size_t first, std::size_t last) {
    std::vector<std::int64_t> counts(multiplicity.begin(), multiplicity.end());
    for (std::size_t u = first; u < last; ++u) {
      if (counts[u] == 0) continue;
      --counts[u];
      without[u] = statistic(counts);
      ++counts[u];
    }
  });
  double weight = 0, sum = 0;
  for (std::size_t u = 0; u < without.size(); ++u) {
    if (!std::isfinite(without[u])) continue;
    weight += static_cast<double>(multiplicity[u]);
    sum += static_cast<double>(multiplicity[u]) * without[u];
  }
  if (!(weight > 0)) return 0;
  double squares = 0, cubes = 0;
  for (std::size_t u = 0; u < without.size(); ++u) {
    if (!std::isfinite(without[u])) continue;
    const double d = sum / weight - without[u], w = static_cast<double>(multiplicity[u]);
    squares += w * d * d;
    cubes += w * d * d * d;
  }
  return squares > 0 ? cubes / (6 * std::pow(squares, 1.5)) : 0;
}

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

Bootstrap bootstrap(std::span<const std::int64_t> multiplicity, const Statistic& statistic,
                    const BootstrapSettings& settings) {
  std::int64_t units = 0;
  for (const std::int64_t m : multiplicity) {
    require(m >= 0 && m <= std::numeric_limits<std::uint32_t>::max() - units,
            "a multiplicity is out of range");
    units += m;
  }
  require(units >= 2, "at least two units are needed");
  require(settings.resamples >= 100, "at least 100 resamples are needed");
  require(settings.threads >= 0, "the number of threads is negative");

  tbb::task_arena arena(settings.threads == 0 ? tbb::task_arena::automatic : settings.threads);
  Bootstrap result;
  result.estimate = statistic(multiplicity);
  result.replicates = replicates_of(multiplicity, statistic, settings, arena);
  result.undefined = std::erase_if(result.replicates, [](double value) { return !std::isfinite(value); });
  std::sort(result.replicates.begin(), result.replicates.end());
  if (result.degenerate()) return result;

  const double lower = below(result.replicates, result.estimate);
  const double equal = at_most(result.replicates, result.estimate) - lower;
  const auto count = static_cast<double>(result.replicates.size());
  // An estimate outside all replicates would put z0 at infinity; half a replicate is as far as B can tell.
  result.bias_correction =
      normal_quantile(std::clamp((lower + equal / 2) / count, 0.5 / count, 1 - 0.5 / count));
  result.acceleration = acceleration_of(multiplicity, statistic, arena);
  return result;
}

}  // namespace modelgate
