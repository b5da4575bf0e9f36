#include "runners/gpu/device_memory.h"

namespace modelgate {

void add_device_memory(GpuWatch* watch, const std::string& name, ProcessRun& run) {
  if (watch == nullptr || run.problem) return;
  const std::optional<DeviceMemory> memory = watch->device_memory();
  if (!memory) return;
  const auto bytes = static_cast<double>(memory->bytes);
  run.results.series.push_back(
      SampleSeries{name, "peak_device_memory", "bytes", Better::lower, false, {{0, 0, {bytes}}}});
}

}  // namespace modelgate
