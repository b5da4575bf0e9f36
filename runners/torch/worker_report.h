#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "schemas/documents/measurements.h"

namespace modelgate {

/// How long calls of one shape took, in one process.
struct TimedCalls {
  std::vector<double> seconds;       ///< Of single calls, in their order; every `step`-th of them.
  std::vector<double> host_seconds;  ///< Of the same calls by the host's clock, where `seconds` are a GPU's.
  std::vector<double> cold_seconds;  ///< Of calls with flushed caches, if there were such.
  double rows_per_second = 0;        ///< Of all steady calls, with what lies between them.
  std::int64_t calls = 0, step = 1;
  std::int64_t warm_up_calls = 0;
  bool was_steady = false;  ///< When the warm-up ended.

  bool operator==(const TimedCalls&) const = default;
};

/// What is seen once in a process.
struct ModelFacts {
  double load_seconds = 0;
  double first_result_seconds = 0;  ///< From before the load to the end of the first call.
  std::int64_t peak_memory = 0;     ///< Of the process, in bytes.
  std::optional<std::int64_t> peak_device_memory;
  std::int64_t file_bytes = 0;
  std::int64_t parameters = 0, operators = 0;

  bool operator==(const ModelFacts&) const = default;
};

/// What a worker process (modelgate-torch-worker) tells the runner that started it.
struct WorkerReport {
  std::map<std::string, std::string> environment;
  std::vector<std::string> notes;
  std::vector<TimedCalls> timed;  ///< In the order in which they were asked for.
  ModelFacts model;               ///< Where calls were timed.
  std::int64_t flushed_bytes = 0;
  std::optional<Problem> problem;  ///< Why the model could not be measured.

  bool operator==(const WorkerReport&) const = default;
};

void write_report(const WorkerReport& report, const std::filesystem::path& path);
/// Errors: kind infrastructure if there is none; kind usage if it is malformed.
WorkerReport read_report(const std::filesystem::path& path);

}  // namespace modelgate
