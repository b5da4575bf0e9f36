#include "runners/torch/worker/inputs.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "runners/torch/worker/model_failure.h"
#include "runners/torch/worker/tensor_dtypes.h"

namespace modelgate {
namespace {

// The same batch each time would measure how well one batch fits the caches; many would take memory that is
// then measured as the model's.
constexpr std::int64_t most_batches = 8;
constexpr std::size_t most_bytes = std::size_t{64} << 20;

std::size_t bytes_of(const std::vector<at::Tensor>& inputs) {
  std::size_t bytes = 0;
  for (const at::Tensor& input : inputs) bytes += input.nbytes();
  return bytes;
}

at::Tensor of_length(const at::Tensor& input, std::int64_t length) {
  if (input.dim() < 2 || input.size(1) == length) return input;
  if (input.size(1) > length) return input.narrow(1, 0, length).contiguous();
  return input.index_select(1, at::remainder(at::arange(length, at::kLong), input.size(1)));
}

at::Tensor random(const DeclaredInput& input, const CallShape& shape, at::Generator& random) {
  const std::vector<std::int64_t> sizes = input.sizes(shape);
  const at::ScalarType type = type_called(input.dtype).value();
  if (at::isFloatingType(type)) {
    // Drawn in single precision, of which half precision is rounded.
    const at::ScalarType drawn = type == at::kDouble ? at::kDouble : at::kFloat;
    return (at::rand(sizes, random, drawn) * (input.highest - input.lowest) + input.lowest).to(type);
  }
  return at::randint(static_cast<std::int64_t>(input.lowest), static_cast<std::int64_t>(input.highest) + 1,
                     sizes, random, at::kLong)
      .to(type);
}

}  // namespace

std::vector<std::string> ModelSettings::input_names() const {
  if (declared.empty()) return inputs;
  std::vector<std::string> names;
  for (const DeclaredInput& input : declared) names.push_back(input.name);
  return names;
}

Inputs::Inputs(const ModelSettings& settings) : settings_(settings) {
  if (!settings.declared.empty()) return;
  file_.emplace(settings.data);
  for (const std::string& name : settings.inputs) {
    const Tensor* tensor = file_->find(name);
    if (tensor == nullptr) throw ModelFailure("failed", "the data have no tensor '" + name + "'");
    tensors_.push_back(tensor);
  }
}

std::int64_t Inputs::rows() const { return tensors_.empty() ? 0 : tensors_.front()->shape.at(0); }

std::vector<at::Tensor> Inputs::batch(std::int64_t begin, std::int64_t size) const {
  std::vector<at::Tensor> inputs;
  for (const Tensor* tensor : tensors_) {
    std::vector<std::int64_t> shape = tensor->shape;
    shape[0] = size;
    at::Tensor input = at::empty(shape, type_stored_as(tensor->dtype));
    const std::size_t row_bytes = tensor->bytes.size() / static_cast<std::size_t>(rows());
    auto* to = static_cast<std::byte*>(input.data_ptr());
    for (std::int64_t i = 0; i < size && row_bytes > 0; ++i, to += row_bytes)
      std::memcpy(to, tensor->bytes.data() + static_cast<std::size_t>((begin + i) % rows()) * row_bytes,
                  row_bytes);
    inputs.push_back(std::move(input));
  }
  return inputs;
}

std::vector<std::vector<at::Tensor>> Inputs::batches(const CallShape& shape) const {
  std::int64_t count = settings_.declared.empty()
                           ? std::clamp<std::int64_t>(rows() / shape.batch, 1, most_batches)
                           : most_batches;
  std::vector<std::vector<at::Tensor>> all;
  for (std::int64_t i = 0; i < count; ++i) {
    if (!settings_.declared.empty()) {
      all.push_back(random_batch(shape, i));
    } else {
      all.push_back(batch(i * shape.batch, shape.batch));
      if (shape.length)
        for (at::Tensor& input : all.back()) input = of_length(input, *shape.length);
    }
    while (count > i + 1 && bytes_of(all.front()) * static_cast<std::size_t>(count) > most_bytes) count /= 2;
  }
  // A power of two, so that every third call, and every ninth, meets all of them.
  while ((all.size() & (all.size() - 1)) != 0) all.pop_back();
  return all;
}

std::vector<at::Tensor> Inputs::random_batch(const CallShape& shape, std::int64_t number) const {
  at::Generator generator = at::detail::createCPUGenerator(
      static_cast<std::uint64_t>(settings_.seed) * most_batches + static_cast<std::uint64_t>(number));
  std::vector<at::Tensor> inputs;
  for (const DeclaredInput& input : settings_.declared) inputs.push_back(random(input, shape, generator));
  return inputs;
}

}  // namespace modelgate
