#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "runners/torch/torch_options.h"
#include "runners/torch/worker_report.h"

namespace modelgate {

/// What a worker is started for.
struct Work {
  std::filesystem::path model, data;
  std::vector<std::string> inputs;
  std::filesystem::path report;        ///< Where it writes its report; removed once it is read.
  std::vector<std::string> arguments;  ///< "answer" or "time", and what only that takes.
  std::size_t padding_bytes = 0;       ///< More in its environment, which moves its stack.
};

/// Runs modelgate-torch-worker within the limits of the options, so that a model that crashes, hangs or takes
/// all memory harms nobody else. Whatever happens to it is the report's `problem`. Errors: kind
/// infrastructure if there is no such program beside this one.
WorkerReport run_worker(const TorchOptions& options, const Work& work);

}  // namespace modelgate
