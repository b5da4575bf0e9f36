#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gates/performance/choice.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// "p99 <= 120 ms", "latency batch=8 p99 <= 0.2 s", "featurize/* cpu_time <= 100us", "peak_memory <= 6 GiB",
/// "throughput >= 500 /s": a quantity, before it the benchmarks (NAME may hold *; none: all), the limit, and
/// its unit (none: that of the measurement). Errors: kind usage.
PerformanceLimit limit_from(const std::string& text);

/// Whether the limit means the series.
bool is_limited(const PerformanceLimit& limit, const SeriesKey& key);

/// " max", " min": what a limit's check is called behind the series' name.
std::string limit_suffix(Limit::Kind kind);

/// value ≤ maximum, or ≥ minimum, proven: for sizes that are the same in every process, by those; for
/// quantiles, by exact bounds of the order statistics of all calls, and by the processes' own quantiles; for
/// all else by the bounds of the geometric mean over processes. `looks` are those that the measurement
/// declares.
Check judge_limit(const SeriesKey& key, const SeriesChoice& choice, const PerformanceLimit& limit,
                  const std::vector<std::int64_t>& looks, const Verdict& verdict);

}  // namespace modelgate
