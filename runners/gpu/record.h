#pragma once

#include <string>
#include <vector>

#include "schemas/tool/exit_code.h"
#include "schemas/tool/options.h"

namespace modelgate {

/// `modelgate-run-gpu watch`, as typed.
struct GpuRecordOptions {
  std::string gpu = "auto";
  std::string output;
  double per_second = 20;
  std::vector<std::string> command;

  void declare(OptionSet& options);
};

/// Runs the command, which sees the chosen GPU alone, and writes a line for each sample; a summary goes to
/// stderr. Returns pass if the command ended with 0, otherwise error. Errors: as of GpuWatch; kind
/// infrastructure if the file cannot be written.
ExitCode record_gpu(const GpuRecordOptions& options);

}  // namespace modelgate
