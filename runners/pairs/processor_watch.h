#pragma once

#include <cstdint>
#include <vector>

#include "runners/pairs/turn_watch.h"

namespace modelgate {

/// Time that the machine's processors had, in seconds, as /proc/stat tells it.
struct ProcessorTimes {
  double all = 0;     ///< Of all processors.
  double stolen = 0;  ///< Of which a hypervisor gave to other machines.
};
ProcessorTimes processor_times();

/// Notices neighbours: whether a process stood in line for a processor, and what the hypervisor gave to other
/// machines. A process that computes on several processors at once stands in its own line; there only the
/// stolen time counts.
class ProcessorWatch : public TurnWatch {
 public:
  void begin_turn(std::size_t side) override;
  std::vector<Disturbance> end_turn(const ProcessRun& run) override;
  std::vector<std::string> notes() const override;

 private:
  ProcessorTimes at_begin_;
  double wall_seconds_ = 0, delayed_seconds_ = 0, most_delayed_ = 0;
  ProcessorTimes over_all_;
};

}  // namespace modelgate
