#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "runners/gpu/gpu_sample.h"
#include "runners/gpu/sampling_budget.h"

namespace modelgate {

/// Takes samples in a thread of its own, until it is stopped or destroyed. Where whole samples would take
/// more than a hundredth of a processor, most are of the clocks alone, or fewer are taken.
class GpuSampler {
 public:
  /// `read` gives a sample of that extent and `listen` is told of it, both in the sampler's thread.
  /// `per_second` of 1 to 50.
  GpuSampler(std::function<GpuSample(Extent)> read, double per_second,
             std::function<void(const GpuSample&)> listen = nullptr);
  ~GpuSampler();
  GpuSampler(const GpuSampler&) = delete;
  GpuSampler& operator=(const GpuSampler&) = delete;

  /// Takes no more.
  void stop();

  /// Takes a whole one at once, and waits for it; then the samples since this was last called, that one
  /// included.
  std::vector<GpuSample> take();

  /// What the thread has used of a processor, as a share of the time that has passed.
  double processor_share() const;
  /// Samples a second, so far; and how many of them were whole.
  double samples_per_second() const;
  double whole_per_second() const;

 private:
  void run();
  void keep(GpuSample sample);
  double age() const;

  std::function<GpuSample(Extent)> read_;
  std::function<void(const GpuSample&)> listen_;
  double period_seconds_;
  double began_, ended_ = 0;
  mutable std::mutex mutex_;
  std::condition_variable wakes_sampler_, has_sampled_;
  std::vector<GpuSample> samples_;
  std::uint64_t taken_ = 0, whole_ = 0, wanted_ = 0;
  double processor_seconds_ = 0;
  bool is_sampling_ = false, ends_ = false;
  std::thread thread_;  ///< Last, so that it starts when all else is there.
};

}  // namespace modelgate
