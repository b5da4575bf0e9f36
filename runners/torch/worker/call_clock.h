#pragma once

#include <ATen/core/Tensor.h>

#include <optional>
#include <vector>

#include "runners/torch/worker/loaded_model.h"

namespace modelgate {

/// What a call took.
struct CallTime {
  double seconds = 0;  ///< On a GPU by its own clock (CUDA events around the call), otherwise by the host's.
  double host_seconds = 0;  ///< From its start until its outputs are there.
};

/// Times calls of a model, one after the other.
class CallClock {
 public:
  explicit CallClock(LoadedModel& model);
  /// The device has nothing else to do when the call begins.
  CallTime call(const std::vector<at::Tensor>& inputs);

 private:
  LoadedModel& model_;
  std::optional<CudaDriver::StreamTimer> events_;
};

}  // namespace modelgate
