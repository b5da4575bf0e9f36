#pragma once

#include <vector>

#include "gates/performance/choice.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// value ≤ maximum, proven by the upper bound of the geometric mean over processes. `looks` are those that
/// the measurement declares.
Check judge_maximum(const SeriesKey& key, const SampleSeries& series, double maximum,
                    const std::vector<std::int64_t>& looks, const Verdict& verdict);

}  // namespace modelgate
