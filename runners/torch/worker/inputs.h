#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "runners/torch/worker/measuring.h"
#include "schemas/formats/safetensors.h"

namespace modelgate {

/// What a model is called with, in host memory: rows of a data file, or random numbers in declared shapes.
class Inputs {
 public:
  explicit Inputs(const ModelSettings& settings);

  /// Rows of the data. None are declared.
  std::int64_t rows() const;
  /// Rows of the data from `begin` on, a copy of them; past the last one it goes on with the first.
  std::vector<at::Tensor> batch(std::int64_t begin, std::int64_t size) const;
  /// Batches to call the model with in turn, 1, 2, 4 or 8 that differ, as far as there are rows for them. A
  /// length cuts the second dimension of data there, or goes on with their beginning.
  std::vector<std::vector<at::Tensor>> batches(const CallShape& shape) const;

 private:
  std::vector<at::Tensor> random_batch(const CallShape& shape, std::int64_t number) const;

  const ModelSettings& settings_;
  std::optional<Safetensors> file_;
  std::vector<const Tensor*> tensors_;
};

}  // namespace modelgate
