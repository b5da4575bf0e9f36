#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runners/pairs/sampling.h"
#include "runners/recording/recording.h"
#include "schemas/tool/options.h"

namespace modelgate {

/// `modelgate-run-torch`, as typed.
struct TorchOptions {
  RunnerOptions runner;
  std::string model;                ///< TorchScript file; {subject} and {role} are replaced.
  std::string data;                 ///< JSONL or .safetensors; likewise.
  std::vector<std::string> inputs;  ///< Names of the row's tensors, in the order of forward's arguments.
  std::string classes;              ///< File of class names; may be empty.
  std::string device = "cpu";
  std::string dtype;  ///< Empty: as the data and the model are.
  std::int64_t threads = 1;
  std::string outputs = "all";           ///< "all", "none", or how many rows.
  std::vector<std::string> batch_sizes;  ///< Empty: 1 and 32.
  SamplingOptions sampling;              ///< Of latency; 0 pairs: not at all.
  std::int64_t warmup = 5;
  double min_time_seconds = 0.1;
  std::int64_t seed = 1;

  void declare(OptionSet& options);
};

}  // namespace modelgate
