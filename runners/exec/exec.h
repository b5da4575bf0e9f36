#pragma once

#include <string>
#include <vector>

#include "runners/exec/rows_in_looks.h"
#include "runners/recording/recording.h"
#include "schemas/tool/exit_code.h"

namespace modelgate {

/// `modelgate-run-exec`, as typed.
struct ExecOptions {
  RunnerOptions runner;
  std::vector<std::string> command;  ///< argv; {subject} and {role} are replaced.
  std::string input;                 ///< JSONL, given on the command's stdin.
  RowLooks looks;                    ///< If declared, stdin has the rows of this stretch instead.

  void declare(OptionSet& options);
};

/// Runs the command over the input for each subject, and writes its answers as records. Returns pass, or
/// error if a document carries a problem.
ExitCode run_exec(const ExecOptions& options);

}  // namespace modelgate
