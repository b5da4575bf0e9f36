#include "schemas/formats/benchmark_collector.h"

#include <algorithm>
#include <array>
#include <utility>

namespace modelgate {

EntryField entry_field(std::string_view key) {
  using enum EntryField;
  static constexpr std::pair<std::string_view, EntryField> fields[] = {{"name", name},
                                                                       {"run_name", run_name},
                                                                       {"run_type", run_type},
                                                                       {"error_occurred", error_occurred},
                                                                       {"error_message", error_message},
                                                                       {"skip_message", skip_message},
                                                                       {"skipped", skipped},
                                                                       {"time_unit", time_unit},
                                                                       {"real_time", real_time},
                                                                       {"cpu_time", cpu_time},
                                                                       {"repetitions", ignored},
                                                                       {"repetition_index", ignored},
                                                                       {"threads", ignored},
                                                                       {"iterations", ignored},
                                                                       {"label", ignored},
                                                                       {"family_index", ignored},
                                                                       {"per_family_instance_index", ignored},
                                                                       {"aggregate_name", aggregate_name},
                                                                       {"aggregate_unit", ignored},
                                                                       {"big_o", complexity},
                                                                       {"cpu_coefficient", ignored},
                                                                       {"real_coefficient", ignored},
                                                                       {"rms", complexity},
                                                                       {"allocs_per_iter", ignored},
                                                                       {"max_bytes_used", ignored}};
  const auto found = std::find_if(std::begin(fields), std::end(fields),
                                  [&](const auto& field) { return field.first == key; });
  return found == std::end(fields) ? counter : found->second;
}

void BenchmarkCollector::begin(std::string_view benchmark) {
  expected_ = 0;
  if (current_ != nullptr && benchmark == benchmark_) return;
  const auto place = places_.try_emplace(std::string(benchmark)).first;
  benchmark_ = place->first;
  current_ = &place->second;
}

void BenchmarkCollector::add_time(std::string_view quantity, double seconds) {
  add(quantity, "s", Better::lower, seconds);
}

void BenchmarkCollector::add_counter(std::string_view key, double value) {
  const bool rate = key.ends_with("_per_second");
  add(key, rate ? "1/s" : "", rate ? Better::higher : Better::unknown, value);
}

void BenchmarkCollector::add_problem(std::string_view benchmark, std::string_view full_name,
                                     std::string_view message) {
  failed_.emplace(benchmark);
  measurements_.problems.push_back({"benchmark_error", std::string(full_name) + ": " + std::string(message)});
}

void BenchmarkCollector::add_aggregate(std::string_view benchmark, std::string_view aggregate) {
  // These two are of a family of benchmarks, not of one.
  if (aggregate != "BigO" && aggregate != "RMS") aggregated_.emplace(benchmark);
}

void BenchmarkCollector::finish() {
  for (const std::string& name : aggregated_)
    if (!places_.contains(name) && !failed_.contains(name))
      measurements_.problems.push_back(
          {"only_aggregates", name + ": reports only aggregates, from which nothing can be told"});
}

void BenchmarkCollector::add_context(std::string_view key, std::string_view value) {
  // By the names that our own runners use, where they mean the same.
  static constexpr std::pair<std::string_view, std::string_view> kept[] = {
      {"num_cpus", "cores"},
      {"cpu_scaling_enabled", "cpu_scaling_enabled"},
      {"library_build_type", "library_build_type"}};
  for (const auto& [theirs, ours] : kept)
    if (key == theirs) measurements_.environment[std::string(ours)] = value;
}

void BenchmarkCollector::add(std::string_view quantity, std::string_view unit, Better better, double value) {
  Places& places = *current_;
  for (std::size_t i = 0; i < places.size(); ++i, ++expected_) {
    if (expected_ >= places.size()) expected_ = 0;
    auto& series = std::get<SampleSeries>(measurements_.series[places[expected_]]);
    if (series.quantity != quantity) continue;
    series.processes.front().values.push_back(value);
    ++expected_;
    return;
  }
  places.push_back(measurements_.series.size());
  expected_ = places.size();
  SampleSeries series;
  series.name = benchmark_;
  series.quantity = quantity;
  series.unit = unit;
  series.better = better;
  series.processes.push_back({0, 0, {value}});
  measurements_.series.push_back(std::move(series));
}

}  // namespace modelgate
