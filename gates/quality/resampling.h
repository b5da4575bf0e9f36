#pragma once

#include <functional>
#include <span>
#include <string>

#include "gates/quality/tally.h"
#include "gates/statistics/bootstrap.h"
#include "gates/statistics/t_interval.h"

namespace modelgate {

// Estimates from a tally in which enough units differ. Where they all differ alike (a class that was always
// found and now never is) neither the resamples nor the clusters spread, and a spread of zero proves nothing.
// One more unit that changed the other way is added then, as if it had just been missed.

/// A statistic of units, each drawn counts[u] times.
using TallyStatistic = std::function<double(const Tally& tally, std::span<const std::int64_t> counts)>;

/// The BCa bootstrap of the tally's units.
Bootstrap resampled(const Tally& tally, const TallyStatistic& statistic, const BootstrapSettings& settings);

/// "BCa bootstrap of rows, 10000 resamples, seed 7"
std::string name_of_bootstrap(bool clustered, const BootstrapSettings& settings);

/// The mean of a value over the rows of clusters.
StudentEstimate mean_of_clusters(const Tally& tally, const std::function<double(const Tally::Entry&)>& value);

}  // namespace modelgate
