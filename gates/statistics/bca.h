#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "gates/statistics/interval.h"

namespace modelgate {

class KeptDraws;

/// How a bootstrap draws.
struct BootstrapSettings {
  std::int64_t resamples = 10'000;
  std::uint64_t seed = 20'140'919;
  int threads = 0;  ///< 0: as many as there are cores. The result is the same for any number, bit for bit.
  /// Where draws are kept for other statistics of the same units; makes no difference to the result.
  KeptDraws* draws = nullptr;
};

/// What resampling says about a statistic.
struct Bootstrap {
  double estimate = 0;             ///< Of the data themselves.
  std::vector<double> replicates;  ///< Of the resamples, sorted, those that are not defined left out.
  std::int64_t undefined = 0;      ///< Resamples on which the statistic is not defined.
  double bias_correction = 0;      ///< z0
  double acceleration = 0;         ///< a

  /// The estimate is not defined, or every resample gives the same number, or more than one in a hundred
  /// gives none: nothing can be decided by it.
  bool degenerate() const;

  /// BCa bounds. Of a degenerate statistic: infinite.
  Interval bounds(double tail) const;
  /// The p-values that belong to the bounds: (1 + k)/(B + 1), k the resamples on the side of the hypothesis,
  /// corrected for bias and acceleration; never below 1/(B + 1). Of a degenerate statistic: 1.
  double p_greater(double delta) const;
  double p_less(double delta) const;
};

/// Sorts the replicates, counts those that are not numbers as undefined, and measures the bias. The
/// acceleration is left at 0.
Bootstrap bca(double estimate, std::vector<double> replicates);

/// The acceleration: the skewness of the statistic with one unit left out, `weight[u]` times (as many equal
/// units there are). Units on whose loss it is not defined tell nothing and are passed over.
double jackknife_acceleration(std::span<const double> without, std::span<const double> weight);

/// At least 100 resamples, threads not negative.
void require_settings(const BootstrapSettings& settings);

}  // namespace modelgate
