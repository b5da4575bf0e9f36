#pragma once

#include <cstdint>
#include <span>

#include "gates/statistics/t_interval.h"

namespace modelgate {

/// The mean of values that come in clusters (several questions about one text, several samples of one item):
/// `cluster[i]` is the cluster of `values[i]`, any numbers. At least two clusters; degrees of freedom are the
/// clusters minus one.
StudentEstimate clustered_mean(std::span<const double> values, std::span<const std::int64_t> cluster);

}  // namespace modelgate
