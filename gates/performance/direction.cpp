// Whether more or less is better: where the measurement does not know, people say.
//
// A direction that is known is never turned round: a pattern that means more than was thought would let every
// slowdown pass.

#include "gates/performance/direction.h"

#include <algorithm>
#include <map>

#include "gates/performance/choice.h"
#include "gates/performance/wording.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

std::optional<Better> said_of(const SeriesKey& key, const std::vector<DirectionSetting>& settings) {
  const auto last = std::find_if(settings.rbegin(), settings.rend(), [&](const DirectionSetting& setting) {
    return matches(setting.pattern, key);
  });
  return last == settings.rend() ? std::nullopt : std::optional(last->better);
}

SeriesByKey all_series(const std::optional<Measurements>& baseline, const Measurements& candidate) {
  SeriesByKey all;
  const auto add = [&](const Measurements& measurements) {
    for (const Series& one : measurements.series)
      if (const auto* series = std::get_if<SampleSeries>(&one))
        all[{series->name, series->quantity}] = series;
  };
  if (baseline) add(*baseline);
  add(candidate);
  return all;
}

}  // namespace

void give_directions(Measurements& measurements, const std::vector<DirectionSetting>& settings) {
  for (Series& one : measurements.series)
    if (auto* series = std::get_if<SampleSeries>(&one);
        series != nullptr && series->better == Better::unknown)
      series->better = said_of({series->name, series->quantity}, settings).value_or(Better::unknown);
}

std::vector<Check> judge_directions(const std::optional<Measurements>& baseline,
                                    const Measurements& candidate,
                                    const std::vector<DirectionSetting>& settings, const Verdict& verdict) {
  std::vector<Check> checks;
  const SeriesByKey all = all_series(baseline, candidate);
  for (const auto& [key, series] : all)
    if (const auto said = said_of(key, settings);
        said && series->better != Better::unknown && series->better != *said)
      checks.push_back(error_check(new_check({key.first, key.second + " direction"}, verdict),
                                   "direction_contradicted",
                                   key.first + " " + key.second + " is better when " +
                                       name_of(series->better) + ", and --better says " + name_of(*said),
                                   "a --better whose NAME means only what has no direction of its own"));
  for (const DirectionSetting& setting : settings)
    if (std::none_of(all.begin(), all.end(),
                     [&](const auto& entry) { return matches(setting.pattern, entry.first); }))
      checks.push_back(error_check(new_check({setting.pattern, "direction"}, verdict), "benchmark_missing",
                                   "no benchmark matches '" + setting.pattern + "', which has a direction",
                                   "the benchmark, or settings without its name"));
  return checks;
}

std::string how_to_say_direction(const SampleSeries& series) {
  const std::string name = printable(series.name + " " + series.quantity);
  return "--better '" + name + "=lower' or --better '" + name + "=higher', in a plan better: {\"" + name +
         "\": lower}";
}

}  // namespace modelgate
