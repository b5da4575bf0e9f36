#include "schemas/formats/google_benchmark.h"

#include "schemas/formats/benchmark_collector.h"

namespace modelgate {
namespace {

double seconds_per(const Node& unit) {
  const std::string name = unit.choice({"ns", "us", "ms", "s"});
  return name == "ns" ? 1e-9 : name == "us" ? 1e-6 : name == "ms" ? 1e-3 : 1;
}

void read_entry(const Node& entry, BenchmarkCollector& collector) {
  Fields fields(entry);
  const std::string full_name = fields.text("name");
  const std::string name = fields.text_or("run_name", full_name);
  if (fields.text_or("run_type", "iteration") != "iteration")
    return collector.add_aggregate(name, fields.text_or("aggregate_name", ""));
  const bool failed = fields.boolean_or("error_occurred", false) || fields.optional("skip_message") ||
                      fields.optional("skipped");
  if (failed)
    return collector.add_problem(
        name, full_name,
        fields.text_or("error_message", fields.text_or("skip_message", "it reports an error")));
  // Those of older versions do not say that they are aggregates.
  if (!fields.optional("real_time") && (fields.optional("big_o") || fields.optional("rms"))) return;
  const auto unit = fields.optional("time_unit");
  const double factor = unit ? seconds_per(*unit) : 1e-9;
  collector.begin(name);
  collector.add_time("real_time", fields.required("real_time").number() * factor);
  collector.add_time("cpu_time", fields.required("cpu_time").number() * factor);
  for (const auto& [key, node] : fields.all())
    if (entry_field(key) == EntryField::counter && node.is_number())
      collector.add_counter(key, node.number());
}

}  // namespace

Measurements google_benchmark_from(const Node& document) {
  Fields fields(document);
  Measurements measurements;
  measurements.runner = "google-benchmark";
  measurements.runner_version = "file";
  BenchmarkCollector collector(measurements);
  if (const auto context = fields.optional("context"); context && context->is_object())
    for (const auto& [key, value] : Fields(*context).all())
      if (value.is_text() || value.is_number() || value.is_boolean())
        collector.add_context(key, value.scalar());
  for (const Node& entry : fields.required("benchmarks").items()) read_entry(entry, collector);
  collector.finish();
  return measurements;
}

Measurements read_google_benchmark(const std::filesystem::path& path) {
  return google_benchmark_from(read_document(path));
}

}  // namespace modelgate
