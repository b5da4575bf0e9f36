#include "runners/torch/worker/loaded_model.h"

#include <torch/version.h>

#include <filesystem>

#include "runners/torch/failure_words.h"
#include "runners/torch/worker/model_counts.h"
#include "runners/torch/worker/model_failure.h"
#include "runners/torch/worker/tensor_dtypes.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

/// Takes apart what forward returned.
NamedOutputs named(const c10::IValue& value) {
  NamedOutputs outputs;
  const auto add = [&](const std::string& name, const c10::IValue& part) {
    if (!part.isTensor())
      throw ModelFailure("bad_output", "forward gives a " + part.tagKind() + " as " + name +
                                           ", where a tensor was expected");
    outputs.emplace_back(name, part.toTensor());
  };
  if (value.isTensor()) {
    add("output", value);
  } else if (value.isTuple()) {
    for (const c10::IValue& part : value.toTupleRef().elements())
      add("output." + std::to_string(outputs.size()), part);
  } else if (value.isList()) {
    for (const c10::IValue& part : value.toListRef()) add("output." + std::to_string(outputs.size()), part);
  } else if (value.isGenericDict()) {
    for (const auto& entry : value.toGenericDict())
      add("output." + (entry.key().isString() ? entry.key().toStringRef() : std::to_string(outputs.size())),
          entry.value());
  } else {
    throw ModelFailure("bad_output",
                       "forward gives a " + value.tagKind() +
                           ", where a tensor, or a tuple, list or dictionary of tensors was expected");
  }
  if (outputs.empty()) throw ModelFailure("bad_output", "forward gives no tensors");
  return outputs;
}

void expect_rows(const NamedOutputs& outputs, std::int64_t rows) {
  for (const auto& [name, tensor] : outputs)
    if (tensor.dim() == 0 || tensor.size(0) != rows)
      throw ModelFailure("bad_output", name + " has shape " + shape_text(tensor) + " for a batch of " +
                                           std::to_string(rows) + (rows == 1 ? " row" : " rows") +
                                           ": its first dimension should be the row");
}

}  // namespace

LoadedModel::LoadedModel(const ModelSettings& settings)
    : names_(settings.input_names()),
      device_(settings.device, notes_),
      dtype_(type_called(settings.dtype)),
      dtype_name_(settings.dtype) {
  const torch::NoGradGuard no_gradients;
  load(settings);
  expect_arguments();
  counts_ = counts_of(loaded_);
  convert();
  module_ = loaded_;
  if (settings.mode == "frozen") freeze();
}

void LoadedModel::load(const ModelSettings& settings) {
  const std::string file = std::filesystem::path(settings.model).filename().string();
  if (!std::filesystem::is_regular_file(settings.model))
    throw ModelFailure("no_model", "there is no model file " + settings.model);
  try {
    loaded_ = torch::jit::load(settings.model, device_.torch());
    loaded_.eval();
  } catch (const c10::Error& error) {
    throw ModelFailure(failure_code(error.what()),
                       file + " is no TorchScript model: " + failure_words(error.what_without_backtrace()));
  } catch (const std::exception& error) {
    throw ModelFailure(failure_code(error.what()),
                       file + " is no TorchScript model: " + failure_words(error.what()));
  }
}

void LoadedModel::expect_arguments() const {
  const auto method = loaded_.find_method("forward");
  if (!method) throw ModelFailure("failed", "the model has no method 'forward'");
  std::vector<std::string> names;
  std::size_t needed = 0;
  const auto& arguments = method->function().getSchema().arguments();
  for (std::size_t i = 1; i < arguments.size(); ++i) {  // the first is the module itself
    names.push_back(arguments[i].name());
    if (!arguments[i].default_value()) needed = i;
  }
  if (names_.size() >= needed && names_.size() <= names.size()) return;
  throw ModelFailure("failed", "forward takes " + std::to_string(needed) +
                                   (needed < names.size() ? " to " + std::to_string(names.size()) : "") +
                                   (names.size() == 1 ? " input (" : " inputs (") + listing(names) +
                                   "), and the data give " + std::to_string(names_.size()) + " (" +
                                   listing(names_) + ")");
}

void LoadedModel::convert() {
  if (!dtype_) return;
  // Module::to would make whole-number buffers floating too.
  const auto change = [&](at::Tensor tensor) {
    if (tensor.is_floating_point()) tensor.set_data(tensor.to(*dtype_));
  };
  for (const at::Tensor& parameter : loaded_.parameters()) change(parameter);
  for (const at::Tensor& buffer : loaded_.buffers()) change(buffer);
}

void LoadedModel::freeze() {
  try {
    // Without folding that changes numbers, so that the outputs are the model's own.
    module_ = torch::jit::freeze(loaded_, {}, false);
    is_frozen_ = true;
  } catch (const std::exception& error) {
    notes_.push_back("the model was measured unfrozen: " + failure_words(error.what()));
  }
}

void LoadedModel::start_afresh() {
  // Nothing is optimised in eager mode, and a model that could not be frozen is called as it is.
  if (!is_frozen_) return;
  const c10::InferenceMode as_when_loaded(false);
  const torch::NoGradGuard no_gradients;
  freeze();
}

std::vector<at::Tensor> LoadedModel::prepared(const std::vector<at::Tensor>& inputs) const {
  std::vector<at::Tensor> all;
  for (const at::Tensor& tensor : inputs)
    all.push_back(dtype_ && tensor.is_floating_point() ? tensor.to(device_.torch(), *dtype_)
                                                       : tensor.to(device_.torch()));
  return all;
}

c10::IValue LoadedModel::forward(const std::vector<at::Tensor>& inputs) {
  try {
    return module_.forward(std::vector<c10::IValue>(inputs.begin(), inputs.end()));
  } catch (const std::exception& error) {
    explain(error, inputs);
  }
}

void LoadedModel::explain(const std::exception& error, const std::vector<at::Tensor>& inputs) const {
  std::string given;
  for (std::size_t i = 0; i < inputs.size(); ++i)
    given += (i > 0 ? ", " : "") + names_.at(i) + " " + dtype_of(inputs[i]).spoken + shape_text(inputs[i]);
  const std::string words = failure_words(error.what()) + " (given " + given + ")";
  // As of half-precision matrices on a CPU: the model is right, and the place is not.
  if (dtype_ && words.find("not implemented for") != std::string::npos)
    throw ModelFailure("failed", "LibTorch " TORCH_VERSION " cannot compute this model in " + dtype_name_ +
                                     " on the " + (device_.is_cuda() ? "GPU" : "CPU") + ": " + words);
  throw ModelFailure(failure_code(error.what()), "the model failed: " + words);
}

NamedOutputs LoadedModel::outputs(const std::vector<at::Tensor>& inputs, std::int64_t rows) {
  NamedOutputs outputs = named(forward(inputs));
  expect_rows(outputs, rows);
  return outputs;
}

std::map<std::string, std::string> LoadedModel::environment() const {
  auto environment = device_.environment();
  environment["dtype"] = dtype_name_.empty() ? "as saved" : dtype_name_;
  return environment;
}

}  // namespace modelgate
