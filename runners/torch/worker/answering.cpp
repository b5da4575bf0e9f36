#include <ATen/ATen.h>
#include <torch/csrc/jit/runtime/graph_executor.h>

#include <algorithm>

#include "runners/torch/worker/inputs.h"
#include "runners/torch/worker/loaded_model.h"
#include "runners/torch/worker/measuring.h"
#include "runners/torch/worker/model_failure.h"
#include "runners/torch/worker/tensor_dtypes.h"
#include "schemas/formats/safetensors.h"

namespace modelgate {
namespace {

/// Only for answers: deterministic forms can be slower than those that the model will be served with. What
/// has no deterministic form still runs, with a warning.
void be_deterministic(const ModelSettings& settings) {
  at::globalContext().setDeterministicAlgorithms(true, true);
  at::globalContext().setDeterministicCuDNN(true);
  at::manual_seed(static_cast<std::uint64_t>(settings.seed));
}

/// Outputs of all rows, filled batch by batch.
class Collected {
 public:
  explicit Collected(std::int64_t rows) : rows_(rows) {}

  void add(const NamedOutputs& outputs, std::int64_t begin) {
    if (all_.empty()) {
      for (const auto& [name, tensor] : outputs) {
        std::vector<std::int64_t> shape = tensor.sizes().vec();
        shape[0] = rows_;
        dtype_of(tensor);  // or a failure
        all_.emplace_back(name, at::empty(shape, tensor.scalar_type()));
      }
    }
    if (outputs.size() != all_.size()) unsteady();
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      const auto& [name, tensor] = outputs[i];
      at::Tensor place = all_[i].second.narrow(0, begin, tensor.size(0));
      if (name != all_[i].first || tensor.scalar_type() != place.scalar_type() ||
          tensor.sizes() != place.sizes())
        unsteady();
      place.copy_(tensor);
    }
  }

  void write(const std::filesystem::path& path) const {
    std::vector<Tensor> tensors;
    for (const auto& [name, tensor] : all_)
      tensors.push_back({name,
                         dtype_of(tensor).stored,
                         tensor.sizes().vec(),
                         {static_cast<const std::byte*>(tensor.data_ptr()), tensor.nbytes()}});
    write_safetensors(path, tensors);
  }

 private:
  [[noreturn]] static void unsteady() {
    throw ModelFailure("bad_output", "the outputs' names, dtypes or shapes change from batch to batch");
  }

  std::int64_t rows_;
  NamedOutputs all_;
};

}  // namespace

void answer(const ModelSettings& settings, std::int64_t batch_size, const std::filesystem::path& outputs,
            WorkerReport& report) {
  use_threads(settings);
  LoadedModel model(settings);
  report.environment = model.environment();
  report.notes = model.notes();
  const Inputs inputs(settings);
  be_deterministic(settings);
  const c10::InferenceMode inference;
  // The optimiser rewrites the model while it runs, by what its first batches were like: outputs would depend
  // on the order of the batches.
  const torch::jit::GraphOptimizerEnabledGuard as_written(false);
  Collected collected(inputs.rows());
  for (std::int64_t begin = 0; begin < inputs.rows(); begin += batch_size) {
    const std::int64_t rows = std::min(batch_size, inputs.rows() - begin);
    collected.add(model.outputs(model.prepared(inputs.batch(begin, rows)), rows), begin);
  }
  collected.write(outputs);
}

}  // namespace modelgate
