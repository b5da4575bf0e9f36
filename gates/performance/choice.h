#pragma once

#include <deque>
#include <map>
#include <string>
#include <utility>

#include "gates/performance/performance.h"
#include "schemas/documents/measurements.h"

namespace modelgate {

/// A benchmark and a quantity of it.
using SeriesKey = std::pair<std::string, std::string>;
using SeriesByKey = std::map<SeriesKey, const SampleSeries*>;

/// Whether a setting's pattern means the series: by the benchmark's name, "name quantity", or the quantity.
bool matches(const std::string& pattern, const SeriesKey& key);

/// The series of a subject: those that were measured, and quantiles of theirs that the demands name.
class SeriesChoice {
 public:
  /// `measurements` must live as long as this.
  SeriesChoice(const Measurements& measurements, const PerformanceDemands& demands);

  /// Those to judge against the baseline: what the demands ask for by quantity or by a margin of its own, or
  /// else real_time and latency; where nothing has such a time, whatever has a direction.
  const SeriesByKey& judged() const { return judged_; }
  /// All, also those that are only limited.
  const SeriesByKey& all() const { return all_; }
  /// The calls of which a series is the quantiles; null if it was measured itself.
  const SampleSeries* calls_of(const SeriesKey& key) const;
  /// Why the values of a series cannot be used; empty if they can.
  std::string unusable(const SeriesKey& key) const;

 private:
  void derive_quantiles(const PerformanceDemands& demands);

  SeriesByKey all_, judged_;
  std::deque<SampleSeries> derived_;
  std::map<SeriesKey, const SampleSeries*> calls_;
};

/// The tolerated worsening of a series.
double margin_for(const SeriesKey& key, const PerformanceDemands& demands);

/// Why the values of a series cannot be used; empty if they can.
std::string unusable(const SampleSeries& series);

}  // namespace modelgate
