#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runners/torch/call_shape.h"
#include "runners/torch/torch_options.h"

namespace modelgate {

/// How a model is loaded. A process loads it once, so that its start, its memory and its threads are its own.
struct ModelSetup {
  std::string dtype;  ///< Empty: as it is.
  std::int64_t threads = 1;
  std::string mode = "frozen";  ///< Or "eager".

  bool operator==(const ModelSetup&) const = default;
};

/// Calls of one shape, and the name of their series: "latency batch=8 length=128".
struct NamedCalls {
  std::string name;
  CallShape shape;

  bool operator==(const NamedCalls&) const = default;
};

/// What the processes of some pairs measure, each of them.
struct ProcessPlan {
  ModelSetup setup;
  std::string model_name;        ///< Of the series of what is seen once a process: "model".
  bool with_model = true;        ///< They are asked for.
  std::vector<CallShape> calls;  ///< All that are made: those that are timed, and with_model the others, too.
  std::vector<NamedCalls> timed;

  bool operator==(const ProcessPlan&) const = default;
};

/// The product of batch sizes, lengths, dtypes, threads and modes, as far as options.sampling.benchmarks asks
/// for it: a process for each dtype, number of threads and mode. Names hold `batch` always, and of the others
/// those that are given as lists. Errors: kind usage, also for more than 256 configurations.
std::vector<ProcessPlan> process_plans(const TorchOptions& options);

}  // namespace modelgate
