#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "runners/torch/cuda_driver.h"

namespace modelgate {

/// What --device says: "cpu", "auto", "cuda" (the first GPU), "cuda:1" (by number) or "cuda:GPU-8f1c…" (by
/// UUID, or the beginning of one).
struct DeviceChoice {
  enum class Kind { cpu, cuda, automatic } kind = Kind::cpu;
  std::optional<std::int64_t> number;
  std::string uuid;  ///< Empty: by number, or the first.

  bool operator==(const DeviceChoice&) const = default;
};

/// Errors: kind usage, with what was meant.
DeviceChoice device_choice_from(const std::string& text);

/// The number of the GPU that is meant, as the driver counts them. Errors: CudaFailure if there is none, or
/// it cannot be told which.
int number_of_gpu(const DeviceChoice& choice, const CudaDriver& driver);

}  // namespace modelgate
