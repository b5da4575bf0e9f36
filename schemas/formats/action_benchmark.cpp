#include "schemas/formats/action_benchmark.h"

#include "schemas/formats/sample_collector.h"

namespace modelgate {

Measurements action_benchmark_from(const Node& document) {
  Measurements measurements =
      measurements_of_tool("github-action-benchmark", "github-action-benchmark's form");
  SampleCollector collector(measurements);
  for (const Node& entry : document.items()) {
    Fields fields(entry);
    const Node value = fields.required("value");
    collector.add(fields.text("name"), "value", meaning_of_unit(fields.text("unit")), 0, value.number(),
                  value.file());
  }
  return measurements;
}

}  // namespace modelgate
