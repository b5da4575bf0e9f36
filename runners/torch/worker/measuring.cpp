#include "runners/torch/worker/measuring.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <chrono>
#include <cstring>

#include "runners/torch/condensed.h"
#include "runners/torch/failure_words.h"
#include "runners/torch/worker/compute_device.h"
#include "runners/torch/worker/loaded_model.h"
#include "runners/torch/worker/model_failure.h"
#include "schemas/formats/safetensors.h"

namespace modelgate {
namespace {

// The same batch each time would measure how well one batch fits the caches; many would hold all data twice.
constexpr std::int64_t most_batches = 8;
constexpr std::size_t most_values = 100;

struct Dtype {
  at::ScalarType type;
  const char* name;    // in safetensors
  const char* spoken;  // to people
};
constexpr Dtype dtypes[] = {{at::kDouble, "F64", "float64"}, {at::kFloat, "F32", "float32"},
                            {at::kHalf, "F16", "float16"},   {at::kBFloat16, "BF16", "bfloat16"},
                            {at::kLong, "I64", "int64"},     {at::kInt, "I32", "int32"},
                            {at::kShort, "I16", "int16"},    {at::kChar, "I8", "int8"},
                            {at::kByte, "U8", "uint8"},      {at::kBool, "BOOL", "bool"}};

at::ScalarType type_of(const std::string& dtype) {
  for (const Dtype& entry : dtypes)
    if (dtype == entry.name) return entry.type;
  throw ModelFailure("failed", "LibTorch has no dtype " + dtype);
}

const Dtype& dtype_of(const at::Tensor& tensor) {
  for (const Dtype& entry : dtypes)
    if (tensor.scalar_type() == entry.type) return entry;
  throw ModelFailure("bad_output", std::string("an output has the dtype ") +
                                       c10::toString(tensor.scalar_type()) +
                                       ", which safetensors cannot hold");
}

/// The inputs of a model, batch by batch.
class Inputs {
 public:
  explicit Inputs(const ModelSettings& settings) : file_(settings.data) {
    for (const std::string& name : settings.inputs) {
      const Tensor* tensor = file_.find(name);
      if (tensor == nullptr) throw ModelFailure("failed", "the data have no tensor '" + name + "'");
      tensors_.push_back(tensor);
    }
  }

  std::int64_t rows() const { return tensors_.front()->shape.at(0); }

  /// Rows from `begin` on, a copy of them; past the last one it goes on with the first.
  std::vector<at::Tensor> batch(std::int64_t begin, std::int64_t size) const {
    std::vector<at::Tensor> inputs;
    for (const Tensor* tensor : tensors_) {
      std::vector<std::int64_t> shape = tensor->shape;
      shape[0] = size;
      at::Tensor input = at::empty(shape, type_of(tensor->dtype));
      const std::size_t row_bytes = tensor->bytes.size() / static_cast<std::size_t>(rows());
      auto* to = static_cast<std::byte*>(input.data_ptr());
      for (std::int64_t i = 0; i < size && row_bytes > 0; ++i, to += row_bytes)
        std::memcpy(to, tensor->bytes.data() + static_cast<std::size_t>((begin + i) % rows()) * row_bytes,
                    row_bytes);
      inputs.push_back(std::move(input));
    }
    return inputs;
  }

 private:
  Safetensors file_;
  std::vector<const Tensor*> tensors_;
};

void use_threads(const ModelSettings& settings) {
  at::set_num_threads(static_cast<int>(settings.threads));
  at::set_num_interop_threads(1);
}

/// Only for answers: deterministic forms can be slower than those that the model will be served with. What
/// has no deterministic form still runs, with a warning.
void be_deterministic(const ModelSettings& settings) {
  at::globalContext().setDeterministicAlgorithms(true, true);
  at::globalContext().setDeterministicCuDNN(true);
  at::manual_seed(static_cast<std::uint64_t>(settings.seed));
}

std::vector<at::Tensor> prepared(const LoadedModel& model, std::vector<at::Tensor> inputs) {
  for (at::Tensor& input : inputs) input = model.prepared(input);
  return inputs;
}

/// "input int64[64, 2]": what forward was given, for whoever has to find out why it failed.
std::string description(const ModelSettings& settings, const std::vector<at::Tensor>& inputs) {
  std::string text;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    text += (i > 0 ? ", " : "") + settings.inputs[i] + " " + dtype_of(inputs[i]).spoken + "[";
    for (std::int64_t d = 0; d < inputs[i].dim(); ++d)
      text += (d > 0 ? ", " : "") + std::to_string(inputs[i].size(d));
    text += "]";
  }
  return text;
}

/// Calls the model; whatever is thrown comes out as a ModelFailure that says what it was given.
template <typename Call>
auto explained(const ModelSettings& settings, const std::vector<at::Tensor>& inputs, const Call& call) {
  try {
    return call();
  } catch (const ModelFailure&) {
    throw;
  } catch (const std::exception& error) {
    throw ModelFailure(failure_code(error.what()), "the model failed: " + failure_words(error.what()) +
                                                       " (given " + description(settings, inputs) + ")");
  }
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
                         dtype_of(tensor).name,
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

std::vector<double> seconds_of_calls(LoadedModel& model, const std::vector<std::vector<at::Tensor>>& batches,
                                     const TimingSettings& timing) {
  using Clock = std::chrono::steady_clock;
  std::size_t next = 0;
  const auto call = [&] {
    const auto& batch = batches[next++ % batches.size()];
    synchronize(model.device());
    const auto begin = Clock::now();
    const c10::IValue outputs = model.forward(batch);
    synchronize(model.device());
    const std::chrono::duration<double> taken = Clock::now() - begin;
    return std::max(taken.count(), 1e-9);  // a clock that stands still is no time of zero
  };
  for (std::int64_t i = 0; i < timing.warmup; ++i) call();
  constexpr std::size_t least_calls = 3;
  std::vector<double> seconds;
  const auto end = Clock::now() + std::chrono::duration<double>(timing.min_time_seconds);
  while (seconds.size() < least_calls || Clock::now() < end) seconds.push_back(call());
  return seconds;
}

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
    const std::vector<at::Tensor> batch = prepared(model, inputs.batch(begin, rows));
    collected.add(explained(settings, batch, [&] { return model.outputs(batch, rows); }), begin);
  }
  collected.write(outputs);
}

void time_calls(const ModelSettings& settings, const TimingSettings& timing, WorkerReport& report) {
  use_threads(settings);
  LoadedModel model(settings);
  report.environment = model.environment();
  report.notes = model.notes();
  const Inputs inputs(settings);
  const c10::InferenceMode inference;
  at::manual_seed(static_cast<std::uint64_t>(settings.seed));
  for (const std::int64_t size : timing.batch_sizes) {
    std::vector<std::vector<at::Tensor>> batches;
    const std::int64_t count = std::clamp<std::int64_t>(inputs.rows() / size, 1, most_batches);
    for (std::int64_t i = 0; i < count; ++i) batches.push_back(prepared(model, inputs.batch(i * size, size)));
    const auto seconds =
        explained(settings, batches.front(), [&] { return seconds_of_calls(model, batches, timing); });
    report.timed.push_back({size, condensed(seconds, most_values)});
  }
}

}  // namespace modelgate
