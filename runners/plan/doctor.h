#pragma once

#include <string>
#include <vector>

#include "schemas/tool/exit_code.h"
#include "schemas/tool/options.h"

namespace modelgate {

/// `modelgate doctor`, as typed.
struct DoctorOptions {
  std::string plan = "modelgate.yaml";
  bool json = false;

  void declare(OptionSet& options);
};

/// One thing that was looked at.
struct Finding {
  enum class State { well, noted, missing };
  State state = State::well;
  std::string what;
  std::string said;
  std::string remedy;  ///< How to mend it; for `missing` and `noted`.
};

/// Programs, plan, candidate, store and machine.
std::vector<Finding> examine(const DoctorOptions& options);

/// Prints the findings; exit code 0 if nothing is missing, otherwise 4.
ExitCode doctor(const DoctorOptions& options);

}  // namespace modelgate
