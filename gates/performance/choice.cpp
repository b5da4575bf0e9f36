#include "gates/performance/choice.h"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_set>

namespace modelgate {

bool matches(const std::string& pattern, const SeriesKey& key) {
  return ::fnmatch(pattern.c_str(), key.first.c_str(), 0) == 0 ||
         ::fnmatch(pattern.c_str(), (key.first + " " + key.second).c_str(), 0) == 0;
}

SeriesByKey chosen_series(const Measurements& measurements, const PerformanceDemands& demands) {
  std::vector<const SampleSeries*> filtered;
  for (const Series& series : measurements.series)
    if (const auto* samples = std::get_if<SampleSeries>(&series);
        samples != nullptr &&
        (demands.filter.empty() || matches(demands.filter, {samples->name, samples->quantity})))
      filtered.push_back(samples);
  const auto is_time = [](const SampleSeries& samples) {
    return samples.quantity == "real_time" || samples.quantity == "latency";
  };
  std::unordered_set<std::string_view> timed;
  for (const SampleSeries* samples : filtered)
    if (is_time(*samples)) timed.insert(samples->name);
  const auto is_asked_for = [&](const SampleSeries& samples) {
    if (!demands.quantities.empty())
      return std::find(demands.quantities.begin(), demands.quantities.end(), samples.quantity) !=
             demands.quantities.end();
    return is_time(samples) || !timed.contains(samples.name);
  };
  SeriesByKey all;
  for (const SampleSeries* samples : filtered)
    if (is_asked_for(*samples)) all[{samples->name, samples->quantity}] = samples;
  if (demands.quantities.empty())
    std::erase_if(all, [&](const auto& entry) {
      return !timed.contains(entry.first.first) && entry.second->better == Better::unknown;
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
