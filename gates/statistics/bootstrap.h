#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "gates/statistics/bca.h"

namespace modelgate {

/// A statistic of a resample: `counts[u]` says how often unit u was drawn. NaN where it is not defined
/// (recall without positives). It is called from several threads at once.
using Statistic = std::function<double(std::span<const std::int64_t> counts)>;

/// Resamples units with replacement. `multiplicity[u]` is how many equal units of the kind u the data hold: 1
/// for every row (or every cluster of rows), or the counts of a table, so that equal rows are computed once.
/// Paired by construction: a unit carries the answers of both models.
/// Errors (std::invalid_argument): fewer than two units, or 2^32 and more; fewer than 100 resamples.
Bootstrap bootstrap(std::span<const std::int64_t> multiplicity, const Statistic& statistic,
                    const BootstrapSettings& settings = {});

/// The statistic of the data without one unit of the kind u; called from several threads at once.
using StatisticWithout = std::function<double(std::size_t u)>;

/// The same, where there is a quicker way to the statistic of all units but one than to compute it anew.
Bootstrap bootstrap(std::span<const std::int64_t> multiplicity, const Statistic& statistic,
                    const StatisticWithout& without, const BootstrapSettings& settings = {});

}  // namespace modelgate
