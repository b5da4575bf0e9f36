#pragma once

#include <torch/script.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "runners/torch/worker/measuring.h"

namespace modelgate {

/// Outputs by name, in the model's order: "output", "output.0" for a tuple or list, "output.NAME" for a map.
using NamedOutputs = std::vector<std::pair<std::string, at::Tensor>>;

/// A TorchScript model, ready to be called: on its device, in its dtype, in evaluation mode, frozen where it
/// can be.
class LoadedModel {
 public:
  /// ModelFailure if the file is no model, or the model does not take so many tensors.
  explicit LoadedModel(const ModelSettings& settings);

  /// Calls forward on tensors with `rows` rows each. ModelFailure if it fails, or gives something else than
  /// tensors with so many rows.
  NamedOutputs outputs(const std::vector<at::Tensor>& inputs, std::int64_t rows);
  /// Calls forward, and nothing else.
  c10::IValue forward(const std::vector<at::Tensor>& inputs);

  /// A tensor as the model takes it: on its device, floating ones in its dtype.
  at::Tensor prepared(const at::Tensor& tensor) const;

  const c10::Device& device() const { return device_; }
  std::map<std::string, std::string> environment() const;
  const std::vector<std::string>& notes() const { return notes_; }

 private:
  void load(const ModelSettings& settings);
  void expect_arguments(const std::vector<std::string>& inputs) const;
  void convert();
  void freeze();

  std::vector<std::string> notes_;
  c10::Device device_;
  std::optional<at::ScalarType> dtype_;
  std::string dtype_name_;
  torch::jit::Module module_;
};

}  // namespace modelgate
