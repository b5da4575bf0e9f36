#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runners/gpu/gpu_options.h"
#include "runners/pairs/sampling.h"
#include "runners/recording/recording.h"
#include "schemas/tool/options.h"

namespace modelgate {

/// `modelgate-run-torch`, as typed.
struct TorchOptions {
  RunnerOptions runner;
  std::string model;                ///< TorchScript file; {subject} and {role} are replaced.
  std::string data;                 ///< JSONL or .safetensors; likewise. Empty: no answers, only speed.
  std::vector<std::string> inputs;  ///< Names of the row's tensors, in the order of forward's arguments.
  std::vector<std::string> shapes;  ///< Inputs of random numbers for speed, instead of the data's.
  std::string classes;              ///< File of class names; may be empty.
  std::string device = "cpu";
  std::string dtype;  ///< Empty: as the data and the model are.
  std::int64_t threads = 1;
  std::string outputs = "all";  ///< "all", "none", or how many rows.
  // What speed is measured of: the product of these.
  std::vector<std::string> batch_sizes;    ///< Empty: 1 and 32.
  std::vector<std::string> lengths;        ///< Of the second dimension; empty: as the data have it.
  std::vector<std::string> dtypes;         ///< Empty: `dtype`.
  std::vector<std::string> thread_counts;  ///< Empty: `threads`.
  std::vector<std::string> modes;          ///< "frozen", "eager"; empty: frozen.
  GpuOptions gpu;                          ///< The watch on the GPU, and which it is where it is named.
  SamplingOptions sampling;                ///< Of speed; 0 pairs: not at all.
  std::int64_t warmup = 5;                 ///< Calls at least; 0: none at all.
  double warmup_seconds = 1;               ///< How long to wait for steady calls.
  double min_time_seconds = 0.1;
  std::int64_t cold_calls = 0;
  std::int64_t seed = 1;

  void declare(OptionSet& options);
  /// Refuses what cannot be measured or makes no sense, before anything is read. Errors: kind usage.
  void check() const;
};

}  // namespace modelgate
