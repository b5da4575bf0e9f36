#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "runners/pairs/warm_up.h"
#include "runners/torch/call_shape.h"
#include "runners/torch/declared_input.h"
#include "runners/torch/worker_report.h"

namespace modelgate {

/// What is measured, and how it computes.
struct ModelSettings {
  std::string model;                    ///< TorchScript file.
  std::string data;                     ///< safetensors file with the inputs; empty where they are declared.
  std::vector<std::string> inputs;      ///< Tensors of it, in the order of forward's arguments.
  std::vector<DeclaredInput> declared;  ///< Instead of data.
  std::string device = "cpu";           ///< As DeviceChoice has it.
  std::string dtype;                    ///< Of floating parameters and inputs; empty: as they are.
  std::string mode = "frozen";          ///< Or "eager".
  std::int64_t threads = 1;
  std::int64_t seed = 1;  ///< Of LibTorch's random numbers, and of declared inputs.

  /// In the order of forward's arguments.
  std::vector<std::string> input_names() const;
};

/// Sets how many threads LibTorch uses.
void use_threads(const ModelSettings& settings);

/// Calls the model on all rows, in batches, and writes its outputs as safetensors.
void answer(const ModelSettings& settings, std::int64_t batch_size, const std::filesystem::path& outputs,
            WorkerReport& report);

struct TimingSettings {
  std::vector<CallShape> calls;  ///< All that are made, the first of them as the first result.
  std::vector<CallShape> timed;  ///< Those of them that are timed.
  WarmUpBounds warm_up;          ///< For each of these.
  double min_time_seconds = 0;   ///< Likewise.
  std::int64_t cold_calls = 0;   ///< Likewise, each with the caches flushed before it.
  std::int64_t most_values = 1000;
};

/// Loads the model and times its calls: with their inputs on the device, until their outputs are.
void time_calls(const ModelSettings& settings, const TimingSettings& timing, WorkerReport& report);

}  // namespace modelgate
