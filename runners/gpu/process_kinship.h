#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "runners/gpu/gpu_sample.h"

namespace modelgate {

/// Whose a process on the device is.
enum class Kin {
  ours,     ///< We, or a process that descends from us.
  foreign,  ///< Another's.
  unknown,  ///< It cannot be told: it has ended already, or is in another container than we are.
};

/// Tells our processes from foreign ones, by the numbers that the driver gives.
///
/// In a container with process numbers of its own the driver may give numbers of the host, which say nothing
/// here. There a process is foreign if it was on the device before we started anything, or is seen in more
/// turns than a process of ours lives.
class ProcessKinship {
 public:
  ProcessKinship();
  /// As if our process numbers were, or were not, those of the host.
  explicit ProcessKinship(bool numbers_are_of_host) : numbers_are_of_host_(numbers_are_of_host) {}

  /// A new turn begins.
  void begin_turn();
  /// What was seen before we started anything is not ours.
  void learn_strangers(const GpuSample& sample);
  /// To be told of every sample soon after it was taken, as long as the processes are there.
  void learn(const GpuSample& sample);

  Kin of(std::int64_t pid) const;
  bool numbers_are_of_host() const { return numbers_are_of_host_; }

 private:
  void learn(std::int64_t pid);

  bool numbers_are_of_host_;
  std::map<std::int64_t, Kin> known_;
  std::map<std::int64_t, std::set<std::int64_t>> turns_;  ///< In which a process that is unknown was seen.
  std::int64_t turn_ = 0;
};

}  // namespace modelgate
