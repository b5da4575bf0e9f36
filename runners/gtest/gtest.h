#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runners/recording/parts.h"
#include "runners/recording/recording.h"
#include "schemas/tool/exit_code.h"

namespace modelgate {

/// `modelgate-run-gtest`, as typed.
struct GtestOptions {
  RunnerOptions runner;
  std::string program;                 ///< {subject} and {role} are replaced, here and in the arguments.
  std::vector<std::string> arguments;  ///< Of the program.
  std::string filter;                  ///< GoogleTest's own; empty: all tests.
  std::int64_t shards = 0;             ///< Processes side by side; 0: as many as there are processors.
  double test_timeout_seconds = 60;
  std::int64_t retries = 0;  ///< How often a test that failed is run again.
  PartOption part;

  void declare(OptionSet& options);
};

/// Runs the tests of each subject and writes what became of them. Returns pass, or error if a document
/// carries a problem; tests that fail are none. Errors: kind usage for arguments that would get in our way.
ExitCode run_gtest(const GtestOptions& options);

}  // namespace modelgate
