#pragma once

#include <cuda_runtime.h>

#include <cstddef>
#include <stdexcept>
#include <string>

namespace modelgate::gpu {

/// How much work the kernels do, of what they do usually: 110 is the planted slowdown.
#ifndef MODELGATE_GPU_WORK_PERCENT
#define MODELGATE_GPU_WORK_PERCENT 100
#endif
/// Device memory that every timed call takes and never gives back: the planted leak.
#ifndef MODELGATE_GPU_LEAK_BYTES
#define MODELGATE_GPU_LEAK_BYTES 0
#endif

/// Throws the runtime's own words.
inline void check(cudaError_t result, const char* what) {
  if (result != cudaSuccess) throw std::runtime_error(std::string(what) + ": " + cudaGetErrorString(result));
}

/// Why there is no GPU to compute on, in the driver's words; empty if there is one.
std::string no_usable_gpu();

/// Two kernels on data that stays on the device.
class Workload {
 public:
  Workload();
  ~Workload();
  Workload(const Workload&) = delete;
  Workload& operator=(const Workload&) = delete;

  /// Bound by memory: c = a + 3 b over 128 Mi floats each, 1.5 GiB of traffic.
  void stream(cudaStream_t to);
  /// Bound by arithmetic: chains of multiply-adds in registers.
  void compute(cudaStream_t to);
  /// Like stream(), over so little that the L2 cache holds it.
  void resident(cudaStream_t to);
  /// Overwrites as much memory as twice the L2 cache, so that nothing of the kernels' data is left in it.
  void flush(cudaStream_t to);

  /// Whether the kernels have computed what they should; to be asked after each ran once.
  bool is_right() const;

 private:
  float *a_ = nullptr, *b_ = nullptr, *c_ = nullptr, *sums_ = nullptr;
  void* flushed_ = nullptr;
  std::size_t flushed_bytes_ = 0;
  unsigned blocks_ = 0;
};

using Kernel = void (Workload::*)(cudaStream_t);

}  // namespace modelgate::gpu
