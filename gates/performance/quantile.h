#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "schemas/documents/measurements.h"

namespace modelgate {

/// What a quantity like "p50", "p99" or "p99.9" means: 0.5, 0.99, 0.999. Nothing if it is none: above p0 and
/// below p100.
std::optional<double> quantile_named(const std::string& quantity);

/// Whether quantiles of the series mean something: the times of single calls.
bool has_single_values(const SampleSeries& series);

/// A series of the quantiles of each process: its value of rank ⌈q·n⌉.
SampleSeries quantile_series(const SampleSeries& calls, const std::string& quantity, double quantile);

/// Why the processes' quantiles cannot be told; empty if they can: each process needs 1/(1−q) values, so that
/// the quantile does not lie beyond them all.
std::string no_quantile(const SampleSeries& calls, const std::string& quantity, double quantile);

}  // namespace modelgate
