#include "runners/gpu/gpu_sample.h"

#include <algorithm>
#include <chrono>

namespace modelgate {
namespace {

using namespace nvml;

double steady_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::optional<std::int64_t> bytes_of(Wide bytes) {
  if (bytes == no_value) return std::nullopt;
  return static_cast<std::int64_t>(bytes);
}

/// The list that a call fills which says how long it is if it is too long. More can be added between two
/// calls, so it is asked again, a few times.
template <typename Entry>
bool fill(std::vector<Entry>& entries, Device device, Result (*call)(Device, Count*, Entry*)) {
  entries.resize(16);
  for (int attempt = 0; attempt < 4; ++attempt) {
    // A quarter is held back: the first drivers of series 535 wrote longer entries than they had declared.
    Count count = static_cast<Count>(entries.size() - entries.size() / 4);
    const Result result = call(device, &count, entries.data());
    if (result == success) {
      entries.resize(std::min<std::size_t>(count, entries.size()));
      return true;
    }
    if (result != insufficient_size) return false;
    constexpr std::size_t most = 4096;
    entries.resize(std::min<std::size_t>(most, std::max<std::size_t>(count, entries.size()) * 2));
  }
  return false;
}

}  // namespace

GpuReader::GpuReader(const Nvml& library, const GpuDevice& device) : library_(library), device_(device) {
  // What was before us is nobody's business.
  active_until_ = static_cast<Wide>(std::chrono::duration_cast<std::chrono::microseconds>(
                                        std::chrono::system_clock::now().time_since_epoch())
                                        .count());
}

/// True if the driver has the call and answers it. Notices a device that is gone.
template <typename... Arguments, typename... Given>
bool GpuReader::ask(GpuSample& sample, Result (*call)(Arguments...), Given... given) {
  if (call == nullptr || !sample.lost.empty()) return false;
  const Result result = call(given...);
  if (result == gpu_is_lost || result == reset_required) sample.lost = library_.words_of(result);
  return result == success;
}

GpuSample GpuReader::read(Extent extent) {
  const Calls& calls = library_.calls();
  GpuSample sample;
  if (extent == Extent::clocks) {
    sample = last_;
    sample.sm_clock_mhz.reset();
    sample.clock_reasons.reset();
    if (sample.activity) sample.activity->clear();  // told once is enough
  }
  sample.seconds = steady_seconds();
  unsigned clock = 0;
  if (ask(sample, calls.clock, device_.whole_handle, clock_sm, &clock)) sample.sm_clock_mhz = clock;
  Wide reasons = 0;
  if (ask(sample, calls.clock_events, device_.whole_handle, &reasons)) sample.clock_reasons = reasons;
  if (extent != Extent::clocks) {
    read_rest(sample);
    last_ = sample;
  }
  return sample;
}

void GpuReader::read_rest(GpuSample& sample) {
  const Calls& calls = library_.calls();
  const Device whole = device_.whole_handle;
  unsigned value = 0;
  if (ask(sample, calls.clock, whole, clock_memory, &value)) sample.memory_clock_mhz = value;
  if (ask(sample, calls.power, whole, &value)) sample.power_watts = value / 1000.0;
  TemperatureV1 temperature{version_of<TemperatureV1>(1), sensor_gpu, 0};
  if (ask(sample, calls.temperature_v1, whole, &temperature))
    sample.temperature_celsius = temperature.degrees;
  else if (ask(sample, calls.temperature, whole, sensor_gpu, &value))
    sample.temperature_celsius = value;
  if (Utilization utilization{}; ask(sample, calls.utilization, device_.handle, &utilization))
    sample.utilization = utilization.gpu / 100.0;
  Wide errors = 0;
  if (ask(sample, calls.ecc_errors, whole, error_uncorrected, counter_volatile, &errors))
    sample.ecc_errors = static_cast<std::int64_t>(errors);
  read_memory(sample);
  read_processes(sample);
  read_activity(sample);
}

void GpuReader::read_memory(GpuSample& sample) {
  // The second version leaves out what the driver keeps for itself.
  MemoryV2 second{};
  second.version = version_of<MemoryV2>(2);
  Memory first{};
  if (ask(sample, library_.calls().memory_v2, device_.handle, &second))
    sample.memory_used_bytes = bytes_of(second.used);
  else if (ask(sample, library_.calls().memory, device_.handle, &first))
    sample.memory_used_bytes = bytes_of(first.used);
}

void GpuReader::read_processes(GpuSample& sample) {
  if (!sample.lost.empty()) return;
  const Calls& calls = library_.calls();
  const auto keep = [&](const auto& entries) {
    sample.processes.emplace();
    for (const auto& entry : entries) sample.processes->push_back({entry.pid, bytes_of(entry.memory)});
  };
  if (std::vector<ProcessV2> entries;
      calls.processes_v2 != nullptr && fill(entries, device_.handle, calls.processes_v2))
    keep(entries);
  else if (std::vector<ProcessV1> old;
           calls.processes_v1 != nullptr && fill(old, device_.handle, calls.processes_v1))
    keep(old);
}

void GpuReader::read_activity(GpuSample& sample) {
  const Calls& calls = library_.calls();
  if (calls.process_utilization == nullptr || !sample.lost.empty()) return;
  Wide since = active_until_;
  Result result = insufficient_size;
  std::vector<ProcessUtilization> entries(64);
  for (int attempt = 0; attempt < 4 && result == insufficient_size; ++attempt) {
    Count count = static_cast<Count>(entries.size());
    result = calls.process_utilization(device_.whole_handle, entries.data(), &count, since);
    if (result == insufficient_size)
      entries.resize(std::min<std::size_t>(4096, std::max<std::size_t>(count, entries.size()) * 2));
    else
      entries.resize(result == success ? std::min<std::size_t>(count, entries.size()) : 0);
  }
  // Not found: nothing ran.
  if (result != success && result != not_found) return;
  sample.activity.emplace();
  for (const ProcessUtilization& entry : entries) {
    // The driver fills what it does not know with zeros, and repeats what it has told.
    if (entry.microseconds <= since) continue;
    active_until_ = std::max(active_until_, entry.microseconds);
    if (entry.pid != 0 && entry.sm > 0)
      sample.activity->push_back({entry.pid, std::min(1.0, entry.sm / 100.0)});
  }
}

}  // namespace modelgate
