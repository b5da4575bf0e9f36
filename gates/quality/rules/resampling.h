#pragma once

#include <functional>
#include <span>
#include <string>

#include "gates/quality/rules/tally.h"
#include "gates/statistics/bootstrap.h"
#include "gates/statistics/t_interval.h"

namespace modelgate {

// A sample cannot show the spread of what it does not hold. Resampled as it is, a class of 30 rows of which
// the candidate loses 4 % passes a margin on macro recall that it exceeds in 20 % of samples: those in which
// no row of the class happens to be lost. With one unit supposed that changed for the worse and one for the
// better, each where it counts most, it does in 2 %. It is the adjustment of Bonett & Price (2012, Journal of
// Educational and Behavioral Statistics 37:479) for the difference of paired proportions, taken to other
// metrics. See supposing() in tally.h.

/// A statistic of units, each drawn counts[u] times.
using TallyStatistic = std::function<double(std::span<const std::int64_t> counts)>;

/// The BCa bootstrap of the tally's units.
Bootstrap resampled(const Tally& tally, const TallyStatistic& statistic, const BootstrapSettings& settings);

/// "BCa bootstrap of rows, 10000 resamples, seed 7"
std::string name_of_bootstrap(bool clustered, const BootstrapSettings& settings);

/// The mean of a value over the rows of clusters.
StudentEstimate mean_of_clusters(const Tally& tally, const std::function<double(const Tally::Entry&)>& value);

}  // namespace modelgate
