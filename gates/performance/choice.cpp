#include "gates/performance/choice.h"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "gates/performance/quantile.h"

namespace modelgate {
namespace {

bool is_time(const SampleSeries& samples) {
  return samples.quantity == "real_time" || samples.quantity == "latency";
}

/// Names of quantiles that the demands speak of.
std::set<std::string> quantiles_asked_for(const PerformanceDemands& demands) {
  std::set<std::string> names;
  const auto add = [&](const std::string& quantity) {
    if (quantile_named(quantity)) names.insert(quantity);
  };
  for (const std::string& quantity : demands.quantities) add(quantity);
  for (const PatternSetting& setting : demands.benchmark_margins)
    add(setting.pattern.substr(setting.pattern.rfind(' ') + 1));
  for (const PerformanceLimit& limit : demands.limits) add(limit.quantity);
  return names;
}

/// Whether a margin is given for this quantity, not for all that a benchmark has.
bool has_own_margin(const SeriesKey& key, const PerformanceDemands& demands) {
  return std::any_of(demands.benchmark_margins.begin(), demands.benchmark_margins.end(),
                     [&](const PatternSetting& setting) {
                       return setting.pattern.substr(setting.pattern.rfind(' ') + 1) == key.second &&
                              matches(setting.pattern, key);
                     });
}

}  // namespace

bool matches(const std::string& pattern, const SeriesKey& key) {
  const std::string name = key.first + " " + key.second;
  // A name may itself hold what patterns are made of: "test_score[8]".
  return pattern == key.first || pattern == name || pattern == key.second ||
         ::fnmatch(pattern.c_str(), key.first.c_str(), 0) == 0 ||
         ::fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
}

SeriesChoice::SeriesChoice(const Measurements& measurements, const PerformanceDemands& demands) {
  bool timed = false;
  std::set<std::string> directed;  // benchmarks of which some quantity has a direction
  for (const Series& series : measurements.series)
    if (const auto* samples = std::get_if<SampleSeries>(&series);
        samples != nullptr &&
        (demands.filter.empty() || matches(demands.filter, {samples->name, samples->quantity}))) {
      all_[{samples->name, samples->quantity}] = samples;
      timed = timed || is_time(*samples);
      if (samples->better != Better::unknown) directed.insert(samples->name);
    }
  derive_quantiles(demands);
  for (const auto& [key, samples] : all_) {
    // A benchmark of which no direction is known is not passed over: it is asked for.
    const bool by_default =
        timed ? is_time(*samples) : samples->better != Better::unknown || !directed.contains(key.first);
    const bool is_asked_for = demands.quantities.empty()
                                  ? by_default
                                  : std::find(demands.quantities.begin(), demands.quantities.end(),
                                              key.second) != demands.quantities.end();
    if (is_asked_for || has_own_margin(key, demands)) judged_.emplace(key, samples);
  }
}

void SeriesChoice::derive_quantiles(const PerformanceDemands& demands) {
  std::vector<const SampleSeries*> measured;
  for (const auto& entry : all_)
    if (has_single_values(*entry.second)) measured.push_back(entry.second);
  for (const std::string& quantity : quantiles_asked_for(demands))
    for (const SampleSeries* calls : measured) {
      // What was measured as such needs no deriving.
      const SeriesKey key{calls->name, quantity};
      if (all_.contains(key)) continue;
      derived_.push_back(quantile_series(*calls, quantity, *quantile_named(quantity)));
      all_[key] = &derived_.back();
      calls_[key] = calls;
    }
}

const SampleSeries* SeriesChoice::calls_of(const SeriesKey& key) const {
  const auto found = calls_.find(key);
  return found == calls_.end() ? nullptr : found->second;
}

std::string SeriesChoice::unusable(const SeriesKey& key) const {
  const SampleSeries* calls = calls_of(key);
  if (calls == nullptr) return modelgate::unusable(*all_.at(key));
  const std::string why = modelgate::unusable(*calls);
  return why.empty() ? no_quantile(*calls, key.second, *quantile_named(key.second)) : why;
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
