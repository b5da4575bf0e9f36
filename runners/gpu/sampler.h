#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "runners/gpu/gpu_sample.h"

namespace modelgate {

/// Between two samples of which one takes so much time of a processor, where `period_seconds` is asked for.
double sampling_pause(double period_seconds, double processor_seconds);

/// Takes samples in a thread of its own, until it is stopped or destroyed. It takes them less often where
/// each costs so much that it would use more than a hundredth of a processor.
class GpuSampler {
 public:
  /// `read` gives a sample and `listen` is told of it, both in the sampler's thread. `per_second` of 1 to 50.
  GpuSampler(std::function<GpuSample()> read, double per_second,
             std::function<void(const GpuSample&)> listen = nullptr);
  ~GpuSampler();
  GpuSampler(const GpuSampler&) = delete;
  GpuSampler& operator=(const GpuSampler&) = delete;

  /// Takes no more.
  void stop();

  /// Takes one at once, and waits for it; then the samples since this was last called, that one included.
  std::vector<GpuSample> take();

  /// What the thread has used of a processor, as a share of the time that has passed.
  double processor_share() const;
  /// Samples a second, so far.
  double samples_per_second() const;

 private:
  void run();
  double age() const;

  std::function<GpuSample()> read_;
  std::function<void(const GpuSample&)> listen_;
  double period_seconds_;
  double began_, ended_ = 0;
  mutable std::mutex mutex_;
  std::condition_variable wakes_sampler_, has_sampled_;
  std::vector<GpuSample> samples_;
  std::uint64_t taken_ = 0, wanted_ = 0;
  double processor_seconds_ = 0;
  bool is_sampling_ = false, ends_ = false;
  std::thread thread_;  ///< Last, so that it starts when all else is there.
};

}  // namespace modelgate
