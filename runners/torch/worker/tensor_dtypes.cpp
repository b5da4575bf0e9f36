#include "runners/torch/worker/tensor_dtypes.h"

#include "runners/torch/worker/model_failure.h"

namespace modelgate {
namespace {

constexpr TensorDtype dtypes[] = {{at::kDouble, "F64", "float64"}, {at::kFloat, "F32", "float32"},
                                  {at::kHalf, "F16", "float16"},   {at::kBFloat16, "BF16", "bfloat16"},
                                  {at::kLong, "I64", "int64"},     {at::kInt, "I32", "int32"},
                                  {at::kShort, "I16", "int16"},    {at::kChar, "I8", "int8"},
                                  {at::kByte, "U8", "uint8"},      {at::kBool, "BOOL", "bool"}};

}  // namespace

const TensorDtype& dtype_of(const at::Tensor& tensor) {
  for (const TensorDtype& entry : dtypes)
    if (tensor.scalar_type() == entry.type) return entry;
  throw ModelFailure("bad_output", std::string("an output has the dtype ") +
                                       c10::toString(tensor.scalar_type()) +
                                       ", which safetensors cannot hold");
}

at::ScalarType type_stored_as(const std::string& name) {
  for (const TensorDtype& entry : dtypes)
    if (name == entry.stored) return entry.type;
  throw ModelFailure("failed", "LibTorch has no dtype " + name);
}

std::optional<at::ScalarType> type_called(const std::string& name) {
  for (const TensorDtype& entry : dtypes)
    if (name == entry.spoken) return entry.type;
  return std::nullopt;
}

std::string shape_text(const at::Tensor& tensor) {
  std::string text = "[";
  for (const std::int64_t size : tensor.sizes()) text += (text.size() > 1 ? ", " : "") + std::to_string(size);
  return text + "]";
}

}  // namespace modelgate
