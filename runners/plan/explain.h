#pragma once

#include <string>
#include <vector>

#include "schemas/tool/exit_code.h"
#include "schemas/tool/options.h"

namespace modelgate {

/// `modelgate explain`, as typed.
struct ExplainOptions {
  std::string verdict, check;
  bool json = false;

  void declare(OptionSet& options);
};

/// Starts modelgate-report-explain, which tells in plain words what was decided and why. Its exit code.
ExitCode explain(const ExplainOptions& options);

}  // namespace modelgate
