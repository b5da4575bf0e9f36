#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "runners/torch/worker/compute_device.h"

namespace modelgate {

/// Pushes everything out of the caches that a model's device computes from: writes twice the size of a GPU's
/// L2, or of the processor's last cache (by the calling thread).
class CacheFlush {
 public:
  explicit CacheFlush(const ComputeDevice& device);
  void flush();
  std::int64_t bytes() const { return bytes_; }

 private:
  std::int64_t bytes_;
  std::unique_ptr<CudaDriver::CacheFlush> of_gpu_;
  std::vector<unsigned char> of_processor_;
};

}  // namespace modelgate
