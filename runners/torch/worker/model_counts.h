#pragma once

#include "runners/torch/worker/loaded_model.h"

namespace modelgate {

/// Counts parameters, and operators in forward's graph: calls that compute something (aten::linear), without
/// constants, attributes, lists and control flow (prim::…).
ModelCounts counts_of(const torch::jit::Module& module);

}  // namespace modelgate
