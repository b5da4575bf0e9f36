#pragma once

#include <cstdint>

#include "gates/statistics/interval.h"

namespace modelgate {

/// Exact bounds of a proportion: never covers less than promised. `trials` > 0.
Interval clopper_pearson(std::int64_t successes, std::int64_t trials, double tail);

/// Wilson's score bounds: closer to the promised coverage on average.
Interval wilson(std::int64_t successes, std::int64_t trials, double tail);

}  // namespace modelgate
