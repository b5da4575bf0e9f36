#include "gates/performance/choice.h"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace modelgate {

bool matches(const std::string& pattern, const SeriesKey& key) {
  return ::fnmatch(pattern.c_str(), key.first.c_str(), 0) == 0 ||
         ::fnmatch(pattern.c_str(), (key.first + " " + key.second).c_str(), 0) == 0;
}

SeriesByKey chosen_series(const Measurements& measurements, const PerformanceDemands& demands) {
  SeriesByKey all;
  std::set<std::string> timed;
  for (const Series& series : measurements.series)
    if (const auto* samples = std::get_if<SampleSeries>(&series)) {
      const SeriesKey key{samples->name, samples->quantity};
      if (!demands.filter.empty() && !matches(demands.filter, key)) continue;
      all[key] = samples;
      if (samples->quantity == "real_time" || samples->quantity == "latency") timed.insert(samples->name);
    }
  std::erase_if(all, [&](const auto& entry) {
    const auto& [name, quantity] = entry.first;
    if (!demands.quantities.empty())
      return std::find(demands.quantities.begin(), demands.quantities.end(), quantity) ==
             demands.quantities.end();
    if (timed.contains(name)) return quantity != "real_time" && quantity != "latency";
    return entry.second->better == Better::unknown;
  });
  return all;
}

double margin_for(const SeriesKey& key, const PerformanceDemands& demands) {
  double margin = demands.margin;
  for (const PatternSetting& setting : demands.benchmark_margins)
    if (matches(setting.pattern, key)) margin = setting.value;
  return margin;
}

std::string unusable(const SampleSeries& series) {
  std::size_t values = 0;
  for (const ProcessSamples& process : series.processes)
    for (const double value : process.values) {
      ++values;
      if (!(value > 0 && std::isfinite(value)))
        return fmt::format("holds the value {}, which is no time or rate", value);
    }
  return values == 0 ? "holds no values" : "";
}

}  // namespace modelgate
