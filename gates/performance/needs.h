#pragma once

#include <cstdint>
#include <string>

#include "gates/performance/comparison.h"

namespace modelgate {

/// "12 process pairs", "1 repetition".
std::string units_name(Design design, std::int64_t count);

/// What would decide an inconclusive comparison, if estimate and spread stay as they are: about how many more
/// units, or which margin.
std::string what_would_decide(const Comparison& result, const ComparisonRule& rule, bool enough,
                              std::int64_t minimum_pairs);

}  // namespace modelgate
