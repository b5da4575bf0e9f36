#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "gates/statistics/interval.h"

namespace modelgate {

struct BootstrapSettings {
  std::int64_t resamples = 10'000;
  std::uint64_t seed = 20'140'919;
  int threads = 0;  ///< 0: as many as there are cores. The result is the same for any number, bit for bit.
};

/// A statistic of a resample: `counts[u]` says how often unit u was drawn. NaN where it is not defined
/// (recall without positives). It is called from several threads at once.
using Statistic = std::function<double(std::span<const std::int64_t> counts)>;

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

/// Resamples units with replacement. `multiplicity[u]` is how many equal units of the kind u the data hold: 1
/// for every row (or every cluster of rows), or the counts of a table, so that equal rows are computed once.
/// Paired by construction: a unit carries the answers of both models.
/// Errors (std::invalid_argument): fewer than two units, or 2^32 and more; fewer than 100 resamples.
Bootstrap bootstrap(std::span<const std::int64_t> multiplicity, const Statistic& statistic,
                    const BootstrapSettings& settings = {});

}  // namespace modelgate
