#pragma once

#include <functional>
#include <span>
#include <vector>

#include "gates/statistics/bca.h"

namespace modelgate {

/// The values of the iterations of one process.
using ProcessValues = std::vector<double>;

/// What stands for a process: the median of its iterations (descriptive.h), a quantile, … It is called from
/// several threads at once; NaN where it is not defined.
using ProcessSummary = std::function<double(std::span<const double> iterations)>;

enum class ProcessPairing {
  paired,   ///< first[i] and second[i] were measured next to each other, and are drawn together.
  unpaired  ///< Drawn independently.
};

/// Resamples processes with replacement, and within each drawn process its iterations; the statistic is the
/// mean over processes of summary(first) less that of summary(second). At least two processes of each, one
/// iteration in each, all values finite; the same number of processes if they are paired.
Bootstrap hierarchical_bootstrap(std::span<const ProcessValues> first, std::span<const ProcessValues> second,
                                 ProcessPairing pairing, const ProcessSummary& summary,
                                 const BootstrapSettings& settings = {});

}  // namespace modelgate
