#pragma once

#include "runners/torch/torch_options.h"
#include "schemas/tool/exit_code.h"

namespace modelgate {

/// Measures the subjects' models: answers and raw outputs of each, then the latency of both together. Writes
/// their documents; whatever a model does is in them. Returns pass, or error if a document carries a problem.
/// Errors: kind usage for data, classes and options that make no sense.
ExitCode run_torch(TorchOptions options);

}  // namespace modelgate
