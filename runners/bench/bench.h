#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runners/gpu/gpu_options.h"
#include "runners/pairs/sampling.h"
#include "runners/recording/parts.h"
#include "runners/recording/recording.h"
#include "schemas/tool/exit_code.h"

namespace modelgate {

/// `modelgate-run-bench`, as typed.
struct BenchOptions {
  RunnerOptions runner;
  std::string program;                 ///< {subject} and {role} are replaced, here and in the arguments.
  std::vector<std::string> arguments;  ///< Of the program.
  std::string filter;                  ///< Google Benchmark's own, a regular expression; empty: all.
  SamplingOptions sampling;
  GpuOptions gpu;               ///< Of none, unless one is named.
  double min_time_seconds = 0;  ///< Of each benchmark in each process; 0: the program's own.
  std::int64_t repetitions = 1;
  PartOption part;
  std::int64_t seed = 0;  ///< Of the order and the padding; 0: a random one, which the notes name.

  void declare(OptionSet& options);
};

/// Measures the subjects in processes that take turns, and writes their samples with the process structure
/// kept. The first process of each subject is not counted. What fails as a whole (it crashes, takes too long,
/// writes no results) ends the measurement and is a problem of its document, and so is a benchmark that
/// reports an error. Returns pass, or error if a document carries a problem. Errors: kind usage for arguments
/// that would get in our way.
ExitCode run_bench(BenchOptions options);

}  // namespace modelgate
