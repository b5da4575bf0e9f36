#include "runners/gpu/nvml.h"

#include <dlfcn.h>

#include <cstdlib>
#include <initializer_list>

#include "schemas/tool/error.h"

namespace modelgate {
namespace {

using namespace nvml;

Error no_usable_gpu(const std::string& reason, const std::string& hint) {
  return infrastructure_error("", "no usable GPU: " + reason, hint);
}

/// The first of these names that the library has; null if it has none of them.
template <typename Function>
void find(void* library, Function*& function, std::initializer_list<const char*> names) {
  for (const char* name : names)
    if (function == nullptr) function = reinterpret_cast<Function*>(::dlsym(library, name));
}

Calls calls_of(void* library) {
  Calls calls;
  find(library, calls.init, {"nvmlInit_v2", "nvmlInit"});
  find(library, calls.shutdown, {"nvmlShutdown"});
  find(library, calls.device_count, {"nvmlDeviceGetCount_v2", "nvmlDeviceGetCount"});
  find(library, calls.device_by_index, {"nvmlDeviceGetHandleByIndex_v2", "nvmlDeviceGetHandleByIndex"});
  find(library, calls.name, {"nvmlDeviceGetName"});
  find(library, calls.uuid, {"nvmlDeviceGetUUID"});
  find(library, calls.error_text, {"nvmlErrorString"});
  find(library, calls.driver_version, {"nvmlSystemGetDriverVersion"});
  find(library, calls.cuda_version, {"nvmlSystemGetCudaDriverVersion_v2", "nvmlSystemGetCudaDriverVersion"});
  find(library, calls.clock, {"nvmlDeviceGetClockInfo"});
  find(library, calls.clock_events,
       {"nvmlDeviceGetCurrentClocksEventReasons", "nvmlDeviceGetCurrentClocksThrottleReasons"});
  find(library, calls.power, {"nvmlDeviceGetPowerUsage"});
  find(library, calls.temperature, {"nvmlDeviceGetTemperature"});
  find(library, calls.temperature_v1, {"nvmlDeviceGetTemperatureV"});
  find(library, calls.utilization, {"nvmlDeviceGetUtilizationRates"});
  find(library, calls.memory, {"nvmlDeviceGetMemoryInfo"});
  find(library, calls.memory_v2, {"nvmlDeviceGetMemoryInfo_v2"});
  find(library, calls.ecc_errors, {"nvmlDeviceGetTotalEccErrors"});
  find(library, calls.processes_v1, {"nvmlDeviceGetComputeRunningProcesses"});
  find(library, calls.processes_v2,
       {"nvmlDeviceGetComputeRunningProcesses_v3", "nvmlDeviceGetComputeRunningProcesses_v2"});
  find(library, calls.process_utilization, {"nvmlDeviceGetProcessUtilization"});
  find(library, calls.mig_mode, {"nvmlDeviceGetMigMode"});
  find(library, calls.most_mig_devices, {"nvmlDeviceGetMaxMigDeviceCount"});
  find(library, calls.mig_device_by_index, {"nvmlDeviceGetMigDeviceHandleByIndex"});
  return calls;
}

std::string missing_in(const Calls& calls) {
  if (calls.init == nullptr) return "nvmlInit_v2";
  if (calls.shutdown == nullptr) return "nvmlShutdown";
  if (calls.device_count == nullptr) return "nvmlDeviceGetCount_v2";
  if (calls.device_by_index == nullptr) return "nvmlDeviceGetHandleByIndex_v2";
  if (calls.name == nullptr) return "nvmlDeviceGetName";
  return calls.uuid == nullptr ? "nvmlDeviceGetUUID" : "";
}

// Room for what the documentation says is the longest, and more.
constexpr Count text_bytes = 128;

std::string uuid_of(const Calls& calls, Device device) {
  char text[text_bytes] = "";
  return calls.uuid(device, text, text_bytes - 1) == success ? text : "";
}

std::string name_of(const Calls& calls, Device device) {
  char text[text_bytes] = "";
  return calls.name(device, text, text_bytes - 1) == success ? text : "";
}

std::int64_t memory_of(const Calls& calls, Device device) {
  Memory memory{};
  if (calls.memory == nullptr || calls.memory(device, &memory) != success) return 0;
  return static_cast<std::int64_t>(memory.total);
}

void add_parts(const Calls& calls, const GpuDevice& whole, std::vector<GpuDevice>& devices) {
  unsigned current = 0, pending = 0;
  Count most = 0;
  if (calls.mig_mode == nullptr || calls.most_mig_devices == nullptr ||
      calls.mig_device_by_index == nullptr || calls.mig_mode(whole.handle, &current, &pending) != success ||
      current == 0 || calls.most_mig_devices(whole.handle, &most) != success)
    return;
  for (Count i = 0; i < most; ++i) {
    Device part = nullptr;
    if (calls.mig_device_by_index(whole.handle, i, &part) != success) continue;
    devices.push_back({uuid_of(calls, part), name_of(calls, part), whole.index + ":" + std::to_string(i),
                       whole.uuid, memory_of(calls, part), part, whole.handle});
  }
}

}  // namespace

Nvml::Nvml() {
  const char* own = std::getenv("MODELGATE_NVML");
  const std::string name = own != nullptr && *own != '\0' ? own : "libnvidia-ml.so.1";
  library_ = ::dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library_ == nullptr) {
    const char* words = ::dlerror();
    throw no_usable_gpu(
        words == nullptr ? name + " cannot be opened" : words,
        "NVIDIA's driver brings this library; in a container, it is the runtime's to show it.");
  }
  calls_ = calls_of(library_);
  if (const std::string missing = missing_in(calls_); !missing.empty()) {
    close();
    throw no_usable_gpu(name + " has no " + missing, "Is it the library of NVIDIA's driver?");
  }
  if (const Result result = calls_.init(); result != success) {
    const std::string words = words_of(result);
    close();
    throw no_usable_gpu(words, "nvidia-smi says more about the driver.");
  }
  is_ready_ = true;
}

Nvml::~Nvml() { close(); }

void Nvml::close() {
  if (is_ready_) calls_.shutdown();
  if (library_ != nullptr) ::dlclose(library_);
  library_ = nullptr;
}

std::string Nvml::words_of(Result result) const {
  const char* words = calls_.error_text == nullptr ? nullptr : calls_.error_text(result);
  return words == nullptr || *words == '\0' ? "error " + std::to_string(result) : words;
}

std::string Nvml::driver_version() const {
  char text[text_bytes] = "";
  if (calls_.driver_version == nullptr || calls_.driver_version(text, text_bytes - 1) != success) return "";
  return text;
}

std::string Nvml::cuda_version() const {
  int version = 0;  // 1000 times the first number, and ten times the second
  if (calls_.cuda_version == nullptr || calls_.cuda_version(&version) != success || version <= 0) return "";
  return std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
}

std::vector<GpuDevice> Nvml::devices() const {
  Count count = 0;
  if (const Result result = calls_.device_count(&count); result != success)
    throw no_usable_gpu(words_of(result), "nvidia-smi says more about the driver.");
  std::vector<GpuDevice> devices;
  for (Count i = 0; i < count; ++i) {
    GpuDevice device;
    device.index = std::to_string(i);
    // One that is broken, or not ours to use, hides no others.
    if (calls_.device_by_index(i, &device.handle) != success) continue;
    device.whole_handle = device.handle;
    device.uuid = uuid_of(calls_, device.handle);
    device.name = name_of(calls_, device.handle);
    device.memory_bytes = memory_of(calls_, device.handle);
    devices.push_back(device);
    add_parts(calls_, device, devices);
  }
  if (devices.empty()) throw no_usable_gpu("the driver is loaded, and shows no device", "");
  return devices;
}

}  // namespace modelgate
