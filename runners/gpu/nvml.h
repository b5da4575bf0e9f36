#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runners/gpu/nvml_interface.h"

namespace modelgate {

/// A GPU, or a part of one that NVIDIA calls a MIG device.
struct GpuDevice {
  std::string uuid;   ///< "GPU-…", or "MIG-…".
  std::string name;   ///< "NVIDIA H200"
  std::string index;  ///< "0"; of a part "0:1".
  std::string whole;  ///< Of a part: the UUID of the GPU that it is of.
  std::int64_t memory_bytes = 0;
  nvml::Device handle = nullptr;
  nvml::Device whole_handle = nullptr;  ///< That of the GPU, which for a part tells clocks and temperature.
};

/// NVIDIA's management library, as long as it is in use.
class Nvml {
 public:
  /// Opens the driver's library; with MODELGATE_NVML in the environment that file instead, for drivers in
  /// unusual places and for tests. Errors: kind infrastructure, "no usable GPU: …" with the reason that the
  /// loader or the driver gives.
  Nvml();
  ~Nvml();
  Nvml(const Nvml&) = delete;
  Nvml& operator=(const Nvml&) = delete;

  const nvml::Calls& calls() const { return calls_; }
  /// What the library says of a failure: "GPU is lost".
  std::string words_of(nvml::Result result) const;

  std::string driver_version() const;  ///< Empty where it does not tell.
  std::string cuda_version() const;    ///< The newest that the driver can: "13.0".

  /// All, each followed by its parts. Errors: kind infrastructure.
  std::vector<GpuDevice> devices() const;

 private:
  void close();

  void* library_ = nullptr;
  bool is_ready_ = false;
  nvml::Calls calls_;
};

/// The one that is asked for by its UUID (or a beginning of it that only one has), its index, or "auto": the
/// first that CUDA_VISIBLE_DEVICES shows, or else the first of all. A GPU that is split cannot be chosen,
/// only its parts. Errors: kind usage with "did you mean", also where a number in CUDA_VISIBLE_DEVICES does
/// not tell which is meant; kind infrastructure if there is none.
GpuDevice chosen_gpu(const std::vector<GpuDevice>& devices, const std::string& asked);

}  // namespace modelgate
