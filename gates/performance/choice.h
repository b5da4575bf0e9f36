#pragma once

#include <map>
#include <string>
#include <utility>

#include "gates/performance/performance.h"
#include "schemas/documents/measurements.h"

namespace modelgate {

/// A benchmark and a quantity of it.
using SeriesKey = std::pair<std::string, std::string>;
using SeriesByKey = std::map<SeriesKey, const SampleSeries*>;

/// Whether a setting's pattern means the series: by the benchmark's name, or "name quantity".
bool matches(const std::string& pattern, const SeriesKey& key);

/// The series to judge: of each benchmark the quantities asked for, or else its real_time and latency, or
/// else whatever has a direction.
SeriesByKey chosen_series(const Measurements& measurements, const PerformanceDemands& demands);

/// The tolerated worsening of a series.
double margin_for(const SeriesKey& key, const PerformanceDemands& demands);

/// Why the values of a series cannot be used; empty if they can.
std::string unusable(const SampleSeries& series);

}  // namespace modelgate
