#include "runners/torch/worker/memory_peaks.h"

#include <algorithm>
#include <fstream>
#include <limits>
#include <string>

#ifdef MODELGATE_TORCH_CUDA
#include <c10/cuda/CUDACachingAllocator.h>
#endif

namespace modelgate {

std::int64_t peak_memory() {
  // Not getrusage: its peak is never less than that of the process that started this one.
  std::ifstream file("/proc/self/status");
  for (std::string word; file >> word; file.ignore(std::numeric_limits<std::streamsize>::max(), '\n'))
    if (std::int64_t kibibytes = 0; word == "VmHWM:" && file >> kibibytes) return kibibytes * 1024;
  return 0;
}

void TensorMemory::look() { least_free_ = std::min(least_free_, device_.driver().free_bytes()); }

std::int64_t TensorMemory::peak() const {
#ifdef MODELGATE_TORCH_CUDA
  return c10::cuda::CUDACachingAllocator::getDeviceStats(device_.torch().index()).allocated_bytes[0].peak;
#else
  return device_.free_before() - least_free_;
#endif
}

}  // namespace modelgate
