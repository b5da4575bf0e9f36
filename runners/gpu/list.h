#pragma once

#include "schemas/tool/exit_code.h"
#include "schemas/tool/options.h"

namespace modelgate {

/// `modelgate-run-gpu list`, as typed.
struct GpuListOptions {
  bool json = false;

  void declare(OptionSet& options);
};

/// Prints every GPU, each followed by its parts, with what it is like now. Errors: as of Nvml.
ExitCode list_gpus(const GpuListOptions& options);

}  // namespace modelgate
