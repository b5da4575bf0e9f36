#pragma once

#include <c10/core/Device.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "runners/torch/cuda_driver.h"

namespace modelgate {

/// Where a model computes.
class ComputeDevice {
 public:
  /// The device that `asked` (see DeviceChoice) means here; "auto" is a GPU if one can be used, and otherwise
  /// the CPU with a note. ModelFailure "no_gpu" if a GPU is asked for that cannot be had.
  ComputeDevice(const std::string& asked, std::vector<std::string>& notes);

  const c10::Device& torch() const { return device_; }
  bool is_cuda() const { return device_.is_cuda(); }
  /// Only on a GPU; its context is current in this thread.
  const CudaDriver& driver() const { return *driver_; }
  const Gpu& gpu() const { return driver_->gpus().at(static_cast<std::size_t>(device_.index())); }

  /// Memory of the GPU that was free before anything of the model was put there.
  std::int64_t free_before() const { return free_before_; }

  /// Waits until the device has done all that it was given.
  void synchronize() const;
  /// Versions, threads, device and libraries: what decides whether two measurements can be compared.
  std::map<std::string, std::string> environment() const;

 private:
  c10::Device device_;
  std::unique_ptr<CudaDriver> driver_;
  std::int64_t free_before_ = 0;
};

}  // namespace modelgate
