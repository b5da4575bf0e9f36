#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "runners/gpu/gpu_sample.h"
#include "runners/gpu/process_kinship.h"
#include "runners/gpu/sampler.h"
#include "runners/gpu/turn_judge.h"
#include "runners/pairs/turn_watch.h"

namespace modelgate {

/// Looks at a GPU while processes are measured that compute on it. To be made before anything of ours
/// computes there: who is on the device then is a stranger.
class GpuWatch : public TurnWatch {
 public:
  /// Watches the device that is asked for (see chosen_gpu). Errors: those of Nvml and chosen_gpu.
  /// `listen` is told of every sample, in a thread of its own.
  GpuWatch(const std::string& asked, double samples_per_second, const GpuLimits& limits,
           std::function<void(const GpuSample&)> listen = nullptr);

  void begin_turn(std::size_t side) override;
  std::vector<Disturbance> end_turn(const ProcessRun& run) override;
  std::vector<std::string> notes() const override;

  /// Looks no more.
  void stop() { sampler_.stop(); }

  const GpuDevice& device() const { return device_; }
  /// Of the turn so far, or of the last one if none has begun since: see peak_memory().
  std::optional<DeviceMemory> device_memory();
  /// Its name, UUID and driver: what decides whether measurements can be compared.
  std::map<std::string, std::string> environment() const;

 private:
  /// What was seen over all turns.
  struct Span {
    std::optional<double> lowest, highest;
    void add(const std::optional<double>& value);
  };

  KinOf kin() const;
  void remember(const std::vector<GpuSample>& turn);

  Nvml library_;
  GpuDevice device_;
  GpuReader reader_;
  TurnJudge judge_;
  mutable std::mutex mutex_;  ///< Of kinship_, which the sampler's thread teaches.
  ProcessKinship kinship_;
  std::vector<GpuSample> turn_;  ///< The first of it is from before it began.
  bool in_turn_ = false;
  std::size_t side_ = 0;
  std::optional<DeviceMemory> device_memory_;
  Span clock_, temperature_, power_;
  std::uint64_t reasons_ = 0;
  std::set<std::int64_t> strangers_;
  std::map<std::string, std::size_t> findings_;  ///< How many turns had this code.
  std::size_t turns_ = 0, turns_on_device_ = 0;
  bool clock_is_told_ = false, activity_is_told_ = false, memory_by_process_ = true;
  GpuSampler sampler_;  ///< Last: its thread uses what is above.
};

}  // namespace modelgate
