#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runners/gpu/nvml.h"
#include "runners/gpu/sampling_budget.h"

namespace modelgate {

/// A process that has memory on the device.
struct GpuProcess {
  std::int64_t pid = 0;
  std::optional<std::int64_t> memory_bytes;
};

/// A process that computed since the sample before.
struct GpuActivity {
  std::int64_t pid = 0;
  double share = 0;  ///< Of the time of the device's processors, in (0, 1].
};

/// What a device was like at one moment. What the driver does not tell is absent.
struct GpuSample {
  double seconds = 0;  ///< Of a clock that never goes back.
  std::optional<double> sm_clock_mhz, memory_clock_mhz, power_watts, temperature_celsius;
  std::optional<double> utilization;  ///< Share of the last moments in which anything ran, in [0, 1].
  std::optional<std::uint64_t> clock_reasons;  ///< Why the clock is no higher: bits of clock_reasons.h.
  std::optional<std::int64_t> memory_used_bytes;
  std::optional<std::int64_t> ecc_errors;  ///< That could not be corrected, since the driver was loaded.
  std::optional<std::vector<GpuProcess>> processes;
  std::optional<std::vector<GpuActivity>> activity;
  std::string lost;  ///< Why the device answers no more: "GPU is lost".
};

/// Reads a device again and again.
class GpuReader {
 public:
  GpuReader(const Nvml& library, const GpuDevice& device);

  /// Reads everything, or with `Extent::clocks` those alone, and the rest is as it was read last. Never
  /// fails: see GpuSample::lost.
  GpuSample read(Extent extent = Extent::whole);

 private:
  template <typename... Arguments, typename... Given>
  bool ask(GpuSample& sample, nvml::Result (*call)(Arguments...), Given... given);
  void read_rest(GpuSample& sample);
  void read_memory(GpuSample& sample);
  void read_processes(GpuSample& sample);
  void read_activity(GpuSample& sample);

  const Nvml& library_;
  GpuDevice device_;
  GpuSample last_;
  nvml::Wide active_until_ = 0;  ///< Microseconds since 1970 of the last activity that was read.
};

}  // namespace modelgate
