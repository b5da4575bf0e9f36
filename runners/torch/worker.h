#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "runners/process/process.h"
#include "runners/torch/torch_options.h"
#include "runners/torch/worker_report.h"

namespace modelgate {

/// What a worker is started for.
struct Work {
  std::string name;             ///< "answer", "time" or "device".
  std::filesystem::path model;  ///< Empty for "device".
  std::filesystem::path data;   ///< Empty where the arguments declare the inputs.
  std::vector<std::string> inputs;
  std::filesystem::path report;  ///< Where it writes its report; removed once it is read.
  std::string dtype;             ///< Empty: as they are.
  std::int64_t threads = 1;
  std::vector<std::string> arguments;  ///< What only this kind of work takes.
};

/// What a worker told, and what became of its process.
struct WorkerRun {
  WorkerReport report;
  ProcessOutcome outcome;
};

/// Runs modelgate-torch-worker within the limits of the options, so that a model that crashes, hangs or takes
/// all memory harms nobody else. Whatever happens to it is the report's `problem`. `padding_bytes` lengthen
/// its environment. Errors: kind infrastructure if there is no such program beside this one.
WorkerRun run_worker(const TorchOptions& options, const Work& work, std::size_t padding_bytes = 0);

}  // namespace modelgate
