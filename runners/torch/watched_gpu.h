#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "runners/gpu/gpu_watch.h"
#include "runners/torch/torch_options.h"

namespace modelgate {

/// Finds the GPU that options.device and options.gpu mean, makes the options show it alone to all workers,
/// and watches it. Null on the CPU, where nobody is to watch, and where it cannot be watched, which is a
/// note. A GPU that is not there is left to the workers, who tell why. "auto" becomes what it means here, for
/// which a worker may be asked, who writes `report`. Errors: kind usage for options that contradict each
/// other; those of GpuWatch for a GPU that options.gpu names.
std::unique_ptr<GpuWatch> watched_gpu(TorchOptions& options, const std::filesystem::path& report,
                                      std::vector<std::string>& notes);

}  // namespace modelgate
