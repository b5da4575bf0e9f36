#pragma once

#include <cstdint>
#include <string>

#include "schemas/tool/exit_code.h"
#include "schemas/tool/options.h"
#include "tests/bench/verdicts/results.h"

namespace modelgate {

/// What the program is asked for.
struct ProgramOptions {
  bool quick = false;
  std::int64_t seed = static_cast<std::int64_t>(Settings{}.seed), threads = 0;
  std::string histories, output;

  void declare(OptionSet& set);
};

/// Simulates, writes what was found, and fails if a promised figure is not met.
ExitCode run_program(const ProgramOptions& options);

}  // namespace modelgate
