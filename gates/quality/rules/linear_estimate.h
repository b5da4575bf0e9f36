#pragma once

#include <cstddef>
#include <functional>
#include <span>

#include "gates/statistics/t_interval.h"

namespace modelgate {

/// What a unit adds to a numerator and to a denominator.
struct LinearPart {
  double value = 0, size = 1;
};

/// Σ values/Σ sizes over independent units, with the standard error of a ratio (of means: sizes are numbers
/// of rows) and two units supposed besides those that were seen: of the usual size, one as far above as the
/// unit that lies farthest from the estimate, one as far below. A sample cannot show the spread of what it
/// does not hold (resampling.h). At least two units; sizes not negative and not all 0. The sums are exact, so
/// that their parts can be computed on several threads (0: all cores), from which `part` is called.
StudentEstimate linear_estimate(std::size_t units, const std::function<LinearPart(std::size_t)>& part,
                                int threads = 1);

/// The estimate alone.
double linear_value(std::size_t units, const std::function<LinearPart(std::size_t)>& part, int threads = 1);

/// An estimate whose error is the sum of what units add to it, by their influence.
StudentEstimate estimate_by_influences(double estimate, std::span<const double> influences, int threads = 1);

}  // namespace modelgate
