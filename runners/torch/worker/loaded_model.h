#pragma once

#include <torch/script.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "runners/torch/worker/compute_device.h"
#include "runners/torch/worker/measuring.h"

namespace modelgate {

/// Outputs by name, in the model's order: "output", "output.0" for a tuple or list, "output.NAME" for a map.
using NamedOutputs = std::vector<std::pair<std::string, at::Tensor>>;

/// How much a model is, as it was saved.
struct ModelCounts {
  std::int64_t parameters = 0;  ///< Numbers in its parameters, or in a frozen model's constants.
  std::int64_t operators = 0;   ///< In the graph of forward once all that it calls is inlined.
};

/// A TorchScript model, ready to be called: on its device, in its dtype, in evaluation mode. "frozen": its
/// parameters folded into its graph (where that can be done). "eager": as it was saved.
class LoadedModel {
 public:
  /// ModelFailure if the file is no model, or the model does not take so many tensors.
  explicit LoadedModel(const ModelSettings& settings);

  /// Calls forward on tensors with `rows` rows each. ModelFailure if it fails, or gives something else than
  /// tensors with so many rows.
  NamedOutputs outputs(const std::vector<at::Tensor>& inputs, std::int64_t rows);
  /// Forgets what LibTorch's optimiser made of the model by the calls so far, so that calls of another shape
  /// find it as it was loaded. Weights are not copied.
  void start_afresh();
  /// Calls forward, and nothing else. ModelFailure that says what it was given, if it fails.
  c10::IValue forward(const std::vector<at::Tensor>& inputs);

  /// Tensors as the model takes them: on its device, floating ones in its dtype.
  std::vector<at::Tensor> prepared(const std::vector<at::Tensor>& inputs) const;

  const ComputeDevice& device() const { return device_; }
  std::map<std::string, std::string> environment() const;
  const std::vector<std::string>& notes() const { return notes_; }
  ModelCounts counts() const { return counts_; }

 private:
  void load(const ModelSettings& settings);
  void expect_arguments() const;
  void convert();
  void freeze();
  [[noreturn]] void explain(const std::exception& error, const std::vector<at::Tensor>& inputs) const;

  std::vector<std::string> notes_;
  std::vector<std::string> names_;  // of the inputs
  ComputeDevice device_;
  std::optional<at::ScalarType> dtype_;
  std::string dtype_name_;
  bool is_frozen_ = false;
  torch::jit::Module loaded_;
  torch::jit::Module module_;  // what is called: loaded_, frozen if it can be
  ModelCounts counts_;
};

}  // namespace modelgate
