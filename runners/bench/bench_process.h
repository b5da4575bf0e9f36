#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "runners/bench/bench.h"
#include "runners/pairs/process_run.h"
#include "runners/process/process.h"

namespace modelgate {

/// The name of series that are of the whole process and not of a benchmark.
inline constexpr char whole_program[] = "program";

/// What a program has to measure.
struct BenchmarkList {
  std::vector<std::string> names;
  std::optional<Problem> problem;
};

/// The program of a subject, started again and again.
class BenchProgram {
 public:
  /// `scratch` is a folder of our own; `watch` is on the GPU that the program is to see, null for none.
  BenchProgram(const BenchOptions& options, const MeasuredSubject& subject, std::filesystem::path scratch,
               GpuWatch* watch);

  /// Asks it for the names of its benchmarks, of those that the filter means; a problem where it lists none.
  BenchmarkList list() const;
  /// Runs a process with `padding_bytes` more in its environment, which moves its stack.
  ProcessRun run(std::size_t padding_bytes) const;
  /// Runs a process as briefly as it can, so that the machine has read what the program needs.
  ProcessRun run_briefly() const;

 private:
  ProcessSpec spec_of(std::size_t padding_bytes) const;
  ProcessRun run(double min_time_seconds, std::int64_t repetitions, std::size_t padding_bytes) const;

  const BenchOptions& options_;
  std::string program_;
  std::vector<std::string> arguments_;
  std::filesystem::path scratch_;
  GpuWatch* watch_;
};

/// Errors: kind usage for an argument that is for us to give.
void check_bench_arguments(const std::vector<std::string>& arguments);

}  // namespace modelgate
