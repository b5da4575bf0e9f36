#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runners/exec/rows_in_looks.h"
#include "runners/gpu/gpu_options.h"
#include "runners/pairs/sampling.h"
#include "runners/recording/recording.h"
#include "schemas/tool/exit_code.h"

namespace modelgate {

/// How the speed of a command is measured.
struct CommandBench {
  std::string mode;          ///< "cold", "warm"; empty: not at all.
  std::int64_t rows = 100;   ///< Of the input, which a process is given.
  SamplingOptions sampling;  ///< 0 pairs: as many as other runners take.
  GpuOptions gpu;            ///< Of none, unless one is named.

  CommandBench() { sampling.pairs = 0; }
};

/// `modelgate-run-exec`, as typed.
struct ExecOptions {
  RunnerOptions runner;
  std::vector<std::string> command;  ///< argv; {subject} and {role} are replaced.
  std::string input;                 ///< JSONL, given on the command's stdin.
  RowLooks looks;                    ///< If declared, stdin has the rows of this stretch instead.
  CommandBench bench;                ///< If asked for, speed is measured instead of answers.

  void declare(OptionSet& options);
};

/// Runs the command over the input for each subject, and writes its answers as records; or, with
/// bench.mode, measures its speed (bench_command). Returns pass, or error if a document carries a problem.
ExitCode run_exec(const ExecOptions& options);

}  // namespace modelgate
