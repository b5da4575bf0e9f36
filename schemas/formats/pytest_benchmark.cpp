#include "schemas/formats/pytest_benchmark.h"

#include "schemas/formats/sample_collector.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

void put(Measurements& measurements, const std::string& key, const std::optional<Node>& value) {
  if (!value || value->is_null() || value->is_array() || value->is_object()) return;
  if (const std::string text = value->scalar(); !text.empty()) measurements.environment[key] = text;
}

/// What the file tells of the machine, by the names that our own runners use.
void read_machine(const Node& machine, Measurements& measurements) {
  Fields fields(machine);
  const std::string system = fields.text_or("system", ""), release = fields.text_or("release", "");
  if (!system.empty()) measurements.environment["kernel"] = release.empty() ? system : system + " " + release;
  put(measurements, "machine", fields.optional("machine"));
  put(measurements, "python", fields.optional("python_version"));
  put(measurements, "python_implementation", fields.optional("python_implementation"));
  const auto cpu = fields.optional("cpu");
  if (!cpu || !cpu->is_object()) return;
  Fields processor(*cpu);
  put(measurements, "cores", processor.optional("count"));
  put(measurements, "cpu", processor.optional("brand"));  // before version 4
  put(measurements, "cpu", processor.optional("brand_raw"));
}

void read_test(const Node& node, Measurements& measurements, SampleCollector& collector) {
  Fields fields(node);
  const std::string name = fields.text("name"), full_name = fields.text_or("fullname", name);
  Fields stats(fields.required("stats"));
  const auto data = stats.optional("data");
  if (!data || data->is_null() || data->items().empty()) {
    measurements.problems.push_back(
        {"only_aggregates", beginning(full_name) +
                                ": holds no times of single rounds, from which alone something can be told; "
                                "save them by --benchmark-save-data or --benchmark-json"});
    return;
  }
  for (const Node& value : data->items())
    collector.add(full_name, "real_time", meaning_of_unit("s"), 0, value.number(), value.file());
}

}  // namespace

Measurements pytest_benchmark_from(const Node& document) {
  Measurements measurements = measurements_of_tool("pytest-benchmark", "pytest-benchmark");
  SampleCollector collector(measurements);
  Fields fields(document);
  if (const auto machine = fields.optional("machine_info"); machine && machine->is_object())
    read_machine(*machine, measurements);
  for (const Node& test : fields.required("benchmarks").items()) read_test(test, measurements, collector);
  return measurements;
}

}  // namespace modelgate
