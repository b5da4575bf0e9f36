#include "schemas/formats/sample_collector.h"

#include <cmath>

#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {

Measurements measurements_of_tool(const std::string& runner, const std::string& tool) {
  Measurements measurements;
  measurements.runner = runner;
  measurements.runner_version = "file";
  measurements.notes.push_back("results of " + tool +
                               ": the runs of baseline and candidate were not interleaved");
  return measurements;
}

void SampleCollector::add(const std::string& name, std::string_view quantity, const UnitMeaning& unit,
                          std::int64_t process, double value, const std::string& where) {
  value *= unit.factor;
  if (!std::isfinite(value)) throw usage_error(where, "is too large a number");
  std::string key = name;
  key.append(1, '\0').append(quantity);
  const auto [place, is_new] = places_.try_emplace(std::move(key), measurements_.series.size());
  if (is_new) {
    SampleSeries series;
    series.name = name;
    series.quantity = quantity;
    series.unit = unit.unit;
    series.better = unit.better;
    measurements_.series.emplace_back(std::move(series));
  }
  auto& series = std::get<SampleSeries>(measurements_.series[place->second]);
  if (series.unit != unit.unit || series.better != unit.better)
    throw usage_error(where, "'" + beginning(name) + "' is measured in " + beginning(unit.unit) +
                                 " here, and in " + beginning(series.unit) + " before");
  if (series.processes.empty() || series.processes.back().pair != process)
    series.processes.push_back({process, process, {}});
  series.processes.back().values.push_back(value);
}

}  // namespace modelgate
