#pragma once

#include <optional>

#include "schemas/documents/measurements.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// The value of a size or count that was the same in every process, at least two of them: repeating it would
/// not change it. Sizes are in bytes, counts in "count" or "allocs"; nothing for any other unit.
std::optional<double> fixed_value(const SampleSeries& series);

/// Compares such values of baseline and candidate: above the margin is a regression, without any doubt.
/// `margin` as a share. The check brings name and gate.
Check compare_fixed(Check check, const SampleSeries& baseline, const SampleSeries& candidate, double margin);

}  // namespace modelgate
