#include "runners/torch/worker/cache_flush.h"

#include <unistd.h>

#include <algorithm>
#include <cstddef>

namespace modelgate {
namespace {

// Where the size of a cache is not known: larger than most.
constexpr std::int64_t assumed_bytes = std::int64_t{64} << 20;
constexpr std::int64_t most_bytes = std::int64_t{1} << 30;

std::int64_t cache_bytes(const ComputeDevice& device) {
  if (device.is_cuda()) return device.gpu().l2_bytes;
  return std::max<std::int64_t>(::sysconf(_SC_LEVEL3_CACHE_SIZE), ::sysconf(_SC_LEVEL2_CACHE_SIZE));
}

}  // namespace

CacheFlush::CacheFlush(const ComputeDevice& device) : bytes_(cache_bytes(device)) {
  bytes_ = std::min(2 * (bytes_ > 0 ? bytes_ : assumed_bytes), most_bytes);
  if (device.is_cuda())
    of_gpu_ = std::make_unique<CudaDriver::CacheFlush>(device.driver(), bytes_);
  else
    of_processor_.resize(static_cast<std::size_t>(bytes_));
}

void CacheFlush::flush() {
  if (of_gpu_) return of_gpu_->flush();
  constexpr std::size_t line_bytes = 64;
  volatile unsigned char* memory = of_processor_.data();
  for (std::size_t i = 0; i < of_processor_.size(); i += line_bytes)
    memory[i] = static_cast<unsigned char>(memory[i] + 1);
}

}  // namespace modelgate
