#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "runners/torch/worker_report.h"

namespace modelgate {

/// What is measured, and how it computes.
struct ModelSettings {
  std::string model;                ///< TorchScript file.
  std::string data;                 ///< safetensors file with the inputs.
  std::vector<std::string> inputs;  ///< Tensors of it, in the order of forward's arguments.
  std::string device = "cpu";       ///< "cpu", "cuda" or "auto".
  std::string dtype;                ///< Of floating parameters and inputs; empty: as they are.
  std::int64_t threads = 1;
  std::int64_t seed = 1;  ///< Of LibTorch's random numbers.
};

/// Calls the model on all rows, in batches, and writes its outputs as safetensors.
void answer(const ModelSettings& settings, std::int64_t batch_size, const std::filesystem::path& outputs,
            WorkerReport& report);

struct TimingSettings {
  std::vector<std::int64_t> batch_sizes;
  std::int64_t warmup = 0;      ///< Calls that are not counted, for each batch size.
  double min_time_seconds = 0;  ///< For each batch size.
};

/// Times calls of the model, for each batch size in turn: with its inputs on the device, until its outputs
/// are.
void time_calls(const ModelSettings& settings, const TimingSettings& timing, WorkerReport& report);

}  // namespace modelgate
