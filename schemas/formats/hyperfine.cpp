#include "schemas/formats/hyperfine.h"

#include "schemas/formats/sample_collector.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

/// Runs that did not end with 0; null stands for one that was killed.
std::size_t failures(const std::optional<Node>& exit_codes) {
  std::size_t count = 0;
  if (exit_codes)
    for (const Node& code : exit_codes->items()) count += code.is_null() || code.integer() != 0 ? 1 : 0;
  return count;
}

void add_all(SampleCollector& collector, const std::string& name, std::string_view quantity,
             std::string_view unit, const Node& values) {
  std::int64_t process = 0;
  for (const Node& value : values.items())
    collector.add(name, quantity, meaning_of_unit(unit), process++, value.number(), value.file());
}

void read_result(const Node& node, Measurements& measurements, SampleCollector& collector) {
  Fields fields(node);
  std::string name = fields.text("command");
  if (const auto parameters = fields.optional("parameters"))
    for (const auto& [key, value] : Fields(*parameters).all()) name += " " + key + "=" + value.scalar();
  const auto problem = [&](const std::string& code, const std::string& what) {
    measurements.problems.push_back({code, beginning(name) + ": " + what});
  };
  if (const std::size_t failed = failures(fields.optional("exit_codes")); failed > 0)
    return problem("benchmark_error",
                   std::to_string(failed) + " of its runs failed, and their times are no times of it");
  const auto times = fields.optional("times");
  if (!times || times->is_null() || times->items().empty())
    return problem("only_aggregates",
                   "holds no times of single runs, from which alone something can be told");
  add_all(collector, name, "real_time", "s", *times);
  if (const auto memory = fields.optional("memory_usage_byte"); memory && !memory->is_null())
    add_all(collector, name, "peak_memory", "bytes", *memory);
}

}  // namespace

Measurements hyperfine_from(const Node& document) {
  Measurements measurements = measurements_of_tool("hyperfine", "hyperfine");
  SampleCollector collector(measurements);
  for (const Node& result : Fields(document).required("results").items())
    read_result(result, measurements, collector);
  return measurements;
}

}  // namespace modelgate
