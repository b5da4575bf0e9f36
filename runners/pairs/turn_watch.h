#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "runners/pairs/process_run.h"

namespace modelgate {

/// Why what a process measured is no fair measurement of it.
struct Disturbance {
  std::string code;      ///< "processor_shared", …
  std::string sentence;  ///< "it waited 48 % of its time for a processor"

  bool operator==(const Disturbance&) const = default;
};

/// Looks at the machine while a process is measured.
class TurnWatch {
 public:
  virtual ~TurnWatch() = default;

  /// A process of this side, 0 or 1, is about to be started.
  virtual void begin_turn(std::size_t side) = 0;
  /// It has ended. What disturbed it; nothing if it was left alone.
  virtual std::vector<Disturbance> end_turn(const ProcessRun& run) = 0;
  /// What was seen over all turns, for the reader.
  virtual std::vector<std::string> notes() const = 0;
};

}  // namespace modelgate
