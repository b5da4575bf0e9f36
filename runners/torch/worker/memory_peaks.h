#pragma once

#include <cstdint>

#include "runners/torch/worker/compute_device.h"

namespace modelgate {

/// The most memory that this process has had, resident, in bytes; 0 if the system does not say.
std::int64_t peak_memory();

/// The most memory of a GPU that this process's tensors took. Where LibTorch's own count cannot be had: by
/// how much the free memory fell, which counts what LibTorch keeps for later, and what other processes take.
class TensorMemory {
 public:
  explicit TensorMemory(const ComputeDevice& device) : device_(device), least_free_(device.free_before()) {}
  /// Looks at what is free now.
  void look();
  std::int64_t peak() const;

 private:
  const ComputeDevice& device_;
  std::int64_t least_free_;
};

}  // namespace modelgate
