#pragma once

/// What we use of NVML, NVIDIA's management library, in our own declarations: it comes with the driver, and
/// is opened when a program runs, so that nothing of CUDA is needed to build or start ours. Names and numbers
/// are those of NVIDIA's public documentation. Internal to runners/gpu.
namespace modelgate::nvml {

struct OpaqueDevice;
using Device = OpaqueDevice*;
using Count = unsigned int;
using Wide = unsigned long long;

/// What a call returned.
using Result = int;
inline constexpr Result success = 0, not_found = 6, insufficient_size = 7, gpu_is_lost = 15,
                        reset_required = 16;

/// Which clock, sensor, error and counter is asked for.
inline constexpr int clock_sm = 1, clock_memory = 2;
inline constexpr int sensor_gpu = 0;
inline constexpr int error_uncorrected = 1;
inline constexpr int counter_volatile = 0;

/// Values that mean that there is none.
inline constexpr Wide no_value = ~Wide{0};

struct Memory {
  Wide total, free, used;  ///< `used` with what the driver keeps for itself.
};
struct MemoryV2 {
  unsigned version;
  Wide total, reserved, free, used;
};
struct Utilization {
  unsigned gpu, memory;  ///< Percent of the last period of sampling.
};
/// Of nvmlDeviceGetComputeRunningProcesses without a version.
struct ProcessV1 {
  unsigned pid;
  Wide memory;
};
/// Of its versions 2 and 3.
struct ProcessV2 {
  unsigned pid;
  Wide memory;
  unsigned gpu_instance, compute_instance;
};
struct ProcessUtilization {
  unsigned pid;
  Wide microseconds;  ///< Of the processor's clock, since 1970.
  unsigned sm, memory, encoder, decoder;
};
struct TemperatureV1 {
  unsigned version;
  int sensor;
  int degrees;
};

static_assert(sizeof(Memory) == 24 && sizeof(MemoryV2) == 40 && sizeof(Utilization) == 8);
static_assert(sizeof(ProcessV1) == 16 && sizeof(ProcessV2) == 24 && sizeof(ProcessUtilization) == 32);
static_assert(sizeof(TemperatureV1) == 12);

/// Which version of a structure is handed over: its size, and the number in the highest byte.
template <typename Structure>
constexpr unsigned version_of(unsigned number) {
  return static_cast<unsigned>(sizeof(Structure)) | number << 24;
}

/// The calls. What an old driver does not have is null, but for the first ones.
struct Calls {
  // Without these nothing can be told.
  Result (*init)() = nullptr;
  Result (*shutdown)() = nullptr;
  Result (*device_count)(Count*) = nullptr;
  Result (*device_by_index)(Count, Device*) = nullptr;
  Result (*name)(Device, char*, Count) = nullptr;
  Result (*uuid)(Device, char*, Count) = nullptr;

  const char* (*error_text)(Result) = nullptr;
  Result (*driver_version)(char*, Count) = nullptr;
  Result (*cuda_version)(int*) = nullptr;
  Result (*clock)(Device, int, unsigned*) = nullptr;
  Result (*clock_events)(Device, Wide*) = nullptr;
  Result (*power)(Device, unsigned*) = nullptr;  ///< Milliwatts.
  Result (*temperature)(Device, int, unsigned*) = nullptr;
  Result (*temperature_v1)(Device, TemperatureV1*) = nullptr;
  Result (*utilization)(Device, Utilization*) = nullptr;
  Result (*memory)(Device, Memory*) = nullptr;
  Result (*memory_v2)(Device, MemoryV2*) = nullptr;
  Result (*ecc_errors)(Device, int, int, Wide*) = nullptr;
  Result (*processes_v1)(Device, Count*, ProcessV1*) = nullptr;
  Result (*processes_v2)(Device, Count*, ProcessV2*) = nullptr;  ///< Or version 3, which is alike.
  Result (*process_utilization)(Device, ProcessUtilization*, Count*, Wide) = nullptr;
  Result (*mig_mode)(Device, unsigned*, unsigned*) = nullptr;
  Result (*most_mig_devices)(Device, Count*) = nullptr;
  Result (*mig_device_by_index)(Device, Count, Device*) = nullptr;
};

}  // namespace modelgate::nvml
