#pragma once

#include "schemas/documents/measurements.h"
#include "schemas/documents/node.h"

namespace modelgate {

/// Reads the list that github-action-benchmark takes as customSmallerIsBetter and customBiggerIsBetter:
/// {name, unit, value} each. Every entry is a value of the quantity `value`; those of one name are
/// repetitions in one process. Which of the two it is, the file does not tell: units that tell themselves
/// ("ms", "ops/s") have a direction, of others it is not known. Errors: kind usage with the place.
Measurements action_benchmark_from(const Node& document);

}  // namespace modelgate
