#pragma once

#include <span>

#include "gates/statistics/t_interval.h"

namespace modelgate {

/// Σ values/Σ sizes over independent units, with the standard error of a ratio (of means: sizes are numbers
/// of rows) and two units supposed besides those that were seen: of the usual size, one as far above as the
/// unit that lies farthest from the estimate, one as far below. A sample cannot show the spread of what it
/// does not hold (resampling.h). At least two units; sizes not negative and not all 0.
StudentEstimate linear_estimate(std::span<const double> values, std::span<const double> sizes);

/// An estimate whose error is the sum of what units add to it, by their influence.
StudentEstimate estimate_by_influences(double estimate, std::span<const double> influences);

}  // namespace modelgate
