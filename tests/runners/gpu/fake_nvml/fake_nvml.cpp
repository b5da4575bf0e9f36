// A library that answers as NVML does, by a script: see script.h. Built as the library of a driver of today,
// as one of an old driver (FAKE_NVML_OLD), and as one that lacks what cannot be done without
// (FAKE_NVML_BROKEN).

#include <chrono>
#include <cstring>
#include <memory>
#include <mutex>

#include "runners/gpu/nvml_interface.h"
#include "tests/runners/gpu/fake_nvml/script.h"

namespace {

using namespace modelgate::nvml;
namespace fake = modelgate::fake_nvml;

constexpr Result invalid_argument = 2, not_supported = 3, driver_not_loaded = 9, version_mismatch = 25;
std::unique_ptr<fake::Script> script;
std::mutex one_at_a_time;

const fake::Device& of(Device device) { return *reinterpret_cast<const fake::Device*>(device); }
Device handle(fake::Device& device) { return reinterpret_cast<Device>(&device); }
bool is_part(Device device) { return of(device).whole != nullptr; }
Result gone(Device device) { return of(device).now().lost ? gpu_is_lost : success; }

Result copy(const std::string& text, char* buffer, Count size) {
  if (text.size() + 1 > size) return insufficient_size;
  std::memcpy(buffer, text.c_str(), text.size() + 1);
  return success;
}

template <typename Number>
Result tell(Device device, long long value, Number* to) {
  const std::lock_guard hold(one_at_a_time);
  if (const Result result = gone(device); result != success) return result;
  if (value < 0) return not_supported;
  *to = static_cast<Number>(value);
  return success;
}

template <typename Entry, typename Make>
Result tell_all(Device device, Count* count, Entry* entries, Make make) {
  const std::lock_guard hold(one_at_a_time);
  if (const Result result = gone(device); result != success) return result;
  std::vector<Entry> all;
  for (const fake::Process& process : of(device).now().processes)
    for (const unsigned pid : fake::pids_of(process.who)) all.push_back(make(pid, process));
  const Count room = *count;
  *count = static_cast<Count>(all.size());
  if (room < all.size()) return insufficient_size;
  for (std::size_t i = 0; i < all.size(); ++i) entries[i] = all[i];
  return success;
}

Wide memory_of(const fake::Process& process) {
  return process.memory < 0 ? no_value : static_cast<Wide>(process.memory);
}

}  // namespace

extern "C" {

Result nvmlInit_v2() {
  script = std::make_unique<fake::Script>(fake::read_script());
  return script->init_result;
}
Result nvmlShutdown() {
  script.reset();
  return success;
}
const char* nvmlErrorString(Result result) {
  switch (result) {
    case driver_not_loaded:
      return "Driver Not Loaded";
    case gpu_is_lost:
      return "GPU is lost";
    case 18:
      return "Driver/library version mismatch";
    default:
      return "Unknown Error";
  }
}
Result nvmlSystemGetDriverVersion(char* text, Count size) { return copy(script->driver, text, size); }
Result nvmlSystemGetCudaDriverVersion_v2(int* version) {
  *version = std::stoi(script->cuda);
  return success;
}
Result nvmlDeviceGetCount_v2(Count* count) {
  *count = static_cast<Count>(script->devices.size());
  return success;
}
#ifndef FAKE_NVML_BROKEN
Result nvmlDeviceGetHandleByIndex_v2(Count index, Device* device) {
  if (index >= script->devices.size()) return invalid_argument;
  *device = handle(script->devices[index]);
  return success;
}
#endif
Result nvmlDeviceGetName(Device device, char* text, Count size) { return copy(of(device).name, text, size); }
Result nvmlDeviceGetUUID(Device device, char* text, Count size) { return copy(of(device).uuid, text, size); }
Result nvmlDeviceGetMemoryInfo(Device device, Memory* memory) {
  // The first version counts what the driver keeps for itself.
  constexpr Wide kept = 1 << 20;
  const Wide used = static_cast<Wide>(of(device).now().memory) + kept;
  *memory = {of(device).memory, of(device).memory - used, used};
  return gone(device);
}
Result nvmlDeviceGetClockInfo(Device device, int which, unsigned* clock) {
  if (is_part(device)) return not_supported;
  {
    const std::lock_guard hold(one_at_a_time);
    // Every sample begins with the first of these questions, and whole ones go on with the second.
    fake::Device& asked = *reinterpret_cast<fake::Device*>(device);
    which == clock_sm ? fake::begin_sample(asked) : fake::tell_whole_sample(asked);
    // Of a device that is lost, nothing more is asked.
    if (which == clock_sm && asked.now().lost) fake::tell_whole_sample(asked);
  }
  const fake::State& now = of(device).now();
  return tell(device, which == clock_sm ? now.sm_clock : now.memory_clock, clock);
}
Result nvmlDeviceGetCurrentClocksThrottleReasons(Device device, Wide* reasons) {
  return is_part(device) ? not_supported : tell(device, of(device).now().reasons, reasons);
}
Result nvmlDeviceGetPowerUsage(Device device, unsigned* milliwatts) {
  return is_part(device) ? not_supported : tell(device, of(device).now().power, milliwatts);
}
Result nvmlDeviceGetTemperature(Device device, int sensor, unsigned* degrees) {
  if (sensor != sensor_gpu || is_part(device)) return invalid_argument;
  return tell(device, of(device).now().temperature, degrees);
}
Result nvmlDeviceGetUtilizationRates(Device device, Utilization* utilization) {
  utilization->memory = 0;
  return is_part(device) ? not_supported : tell(device, of(device).now().utilization, &utilization->gpu);
}
Result nvmlDeviceGetTotalEccErrors(Device device, int kind, int counter, Wide* errors) {
  if (kind != error_uncorrected || counter != counter_volatile) return invalid_argument;
  return tell(device, of(device).now().ecc, errors);
}
Result nvmlDeviceGetComputeRunningProcesses(Device device, Count* count, ProcessV1* entries) {
  return tell_all(device, count, entries, [](unsigned pid, const fake::Process& process) {
    return ProcessV1{pid, memory_of(process)};
  });
}

#ifndef FAKE_NVML_OLD
Result nvmlDeviceGetCurrentClocksEventReasons(Device device, Wide* reasons) {
  return nvmlDeviceGetCurrentClocksThrottleReasons(device, reasons);
}
Result nvmlDeviceGetTemperatureV(Device device, TemperatureV1* temperature) {
  if (temperature->version != (sizeof(TemperatureV1) | 1U << 24)) return version_mismatch;
  return tell(device, of(device).now().temperature, &temperature->degrees);
}
Result nvmlDeviceGetMemoryInfo_v2(Device device, MemoryV2* memory) {
  if (memory->version != (sizeof(MemoryV2) | 2U << 24)) return version_mismatch;
  const Wide used = static_cast<Wide>(of(device).now().memory);
  *memory = {memory->version, of(device).memory, 0, of(device).memory - used, used};
  return gone(device);
}
Result nvmlDeviceGetComputeRunningProcesses_v3(Device device, Count* count, ProcessV2* entries) {
  return tell_all(device, count, entries, [](unsigned pid, const fake::Process& process) {
    return ProcessV2{pid, memory_of(process), ~0U, ~0U};
  });
}
Result nvmlDeviceGetProcessUtilization(Device device, ProcessUtilization* entries, Count* count, Wide since) {
  if (is_part(device) || !of(device).now().tells_activity) return not_supported;
  const Wide now = static_cast<Wide>(std::chrono::duration_cast<std::chrono::microseconds>(
                                         std::chrono::system_clock::now().time_since_epoch())
                                         .count());
  const Result result = tell_all(device, count, entries, [&](unsigned pid, const fake::Process& process) {
    return ProcessUtilization{pid, now, process.share, 0, 0, 0};
  });
  return result == success && (*count == 0 || now <= since) ? not_found : result;
}
Result nvmlDeviceGetMigMode(Device device, unsigned* current, unsigned* pending) {
  *current = *pending = of(device).parts.empty() ? 0 : 1;
  return success;
}
Result nvmlDeviceGetMaxMigDeviceCount(Device device, Count* count) {
  // As many as there could be; not every place holds one.
  *count = of(device).parts.empty() ? 0 : 7;
  return success;
}
Result nvmlDeviceGetMigDeviceHandleByIndex(Device device, Count index, Device* part) {
  if (index >= of(device).parts.size()) return not_found;
  *part = handle(reinterpret_cast<fake::Device*>(device)->parts[index]);
  return success;
}
#endif

}  // extern "C"
