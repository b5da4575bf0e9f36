#include "schemas/formats/google_benchmark.h"

#include <algorithm>
#include <map>
#include <set>

namespace modelgate {
namespace {

double seconds_per(const Node& unit) {
  const std::string name = unit.choice({"ns", "us", "ms", "s"});
  return name == "ns" ? 1e-9 : name == "us" ? 1e-6 : name == "ms" ? 1e-3 : 1;
}

/// Collects values under benchmark and quantity, in the order in which they were first seen.
class Collector {
 public:
  explicit Collector(Measurements& measurements) : measurements_(measurements) {}

  void add(const std::string& name, const std::string& quantity, const std::string& unit, Better better,
           double value) {
    const auto [place, is_new] = places_.emplace(std::pair(name, quantity), measurements_.series.size());
    if (is_new) {
      SampleSeries series;
      series.name = name;
      series.quantity = quantity;
      series.unit = unit;
      series.better = better;
      series.processes.push_back({});
      measurements_.series.push_back(std::move(series));
    }
    std::get<SampleSeries>(measurements_.series[place->second]).processes.front().values.push_back(value);
  }

 private:
  Measurements& measurements_;
  std::map<std::pair<std::string, std::string>, std::size_t> places_;
};

/// What a benchmark's entry says besides its counters, which stand beside these under names of their own.
const std::set<std::string>& own_fields() {
  static const std::set<std::string> names = {"name",
                                              "run_name",
                                              "run_type",
                                              "repetitions",
                                              "repetition_index",
                                              "threads",
                                              "iterations",
                                              "real_time",
                                              "cpu_time",
                                              "time_unit",
                                              "label",
                                              "error_occurred",
                                              "error_message",
                                              "skipped",
                                              "family_index",
                                              "per_family_instance_index",
                                              "aggregate_name",
                                              "aggregate_unit",
                                              "big_o",
                                              "cpu_coefficient",
                                              "real_coefficient",
                                              "rms",
                                              "skip_message",
                                              "allocs_per_iter",
                                              "max_bytes_used"};
  return names;
}

void read_entry(const Node& entry, Collector& collector, Measurements& measurements) {
  Fields fields(entry);
  const std::string full_name = fields.text("name");
  const std::string name = fields.text_or("run_name", full_name);
  if (fields.text_or("run_type", "iteration") != "iteration") return;
  const bool failed = fields.boolean_or("error_occurred", false) || fields.optional("skip_message") ||
                      fields.optional("skipped");
  if (failed) {
    measurements.problems.push_back(
        {"benchmark_error",
         full_name + ": " +
             fields.text_or("error_message", fields.text_or("skip_message", "it reports an error"))});
    return;
  }
  const auto unit = fields.optional("time_unit");
  const double factor = unit ? seconds_per(*unit) : 1e-9;
  collector.add(name, "real_time", "s", Better::lower, fields.required("real_time").number() * factor);
  collector.add(name, "cpu_time", "s", Better::lower, fields.required("cpu_time").number() * factor);
  for (const auto& [key, node] : fields.all()) {
    if (own_fields().contains(key) || !node.is_number()) continue;
    const bool rate = key.ends_with("_per_second");
    collector.add(name, key, rate ? "1/s" : "", rate ? Better::higher : Better::unknown, node.number());
  }
}

}  // namespace

Measurements google_benchmark_from(const Node& document) {
  Fields fields(document);
  Measurements measurements;
  measurements.runner = "google-benchmark";
  measurements.runner_version = "file";
  Collector collector(measurements);
  for (const Node& entry : fields.required("benchmarks").items()) read_entry(entry, collector, measurements);
  return measurements;
}

Measurements read_google_benchmark(const std::filesystem::path& path) {
  return google_benchmark_from(read_document(path));
}

}  // namespace modelgate
