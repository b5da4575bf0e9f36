#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "schemas/documents/measurements.h"

namespace modelgate {

/// How long calls of the model took, in one process.
struct TimedCalls {
  std::int64_t batch_size = 0;
  std::vector<double> seconds;  ///< A call each, or where there were many their evenly spaced quantiles.

  bool operator==(const TimedCalls&) const = default;
};

/// What a worker process (modelgate-torch-worker) tells the runner that started it.
struct WorkerReport {
  std::map<std::string, std::string> environment;
  std::vector<std::string> notes;
  std::vector<TimedCalls> timed;
  std::optional<Problem> problem;                ///< Why the model could not be measured.
  double wall_seconds = 0, delayed_seconds = 0;  ///< Of the process; seen by the runner, not written.

  bool operator==(const WorkerReport&) const = default;
};

void write_report(const WorkerReport& report, const std::filesystem::path& path);
/// Errors: kind infrastructure if there is none; kind usage if it is malformed.
WorkerReport read_report(const std::filesystem::path& path);

}  // namespace modelgate
