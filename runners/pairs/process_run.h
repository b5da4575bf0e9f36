#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runners/process/process.h"
#include "schemas/documents/measurements.h"

namespace modelgate {

/// What one process of a subject measured.
struct ProcessRun {
  Measurements results;            ///< A SampleSeries for each benchmark and quantity, with one process.
  std::optional<Problem> problem;  ///< Why there are none.
  std::vector<std::string> notes;  ///< What the program itself warns of.
  bool is_parallel = false;        ///< It used several processors at once.
  double wall_seconds = 0;         ///< From its start to its end.
  double cpu_seconds = 0;          ///< Of processor time, with all that it started.
  double delayed_seconds = 0;      ///< Of which its first thread was ready and had no processor.
};

/// What every process tells: its times, and whether it used several processors at once.
ProcessRun run_of(const ProcessOutcome& outcome);

}  // namespace modelgate
