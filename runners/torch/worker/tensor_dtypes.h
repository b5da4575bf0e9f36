#pragma once

#include <ATen/core/Tensor.h>

#include <optional>
#include <string>

namespace modelgate {

/// A dtype that we know: LibTorch's, its name in safetensors ("BF16"), and what people call it ("bfloat16").
struct TensorDtype {
  at::ScalarType type;
  const char* stored;
  const char* spoken;
};

/// Of a tensor. ModelFailure if safetensors cannot hold it.
const TensorDtype& dtype_of(const at::Tensor& tensor);
/// Of a file's tensor. ModelFailure if LibTorch has no such dtype.
at::ScalarType type_stored_as(const std::string& name);
/// Of "bfloat16" and such; nothing for another name.
std::optional<at::ScalarType> type_called(const std::string& name);

/// "[64, 2]".
std::string shape_text(const at::Tensor& tensor);

}  // namespace modelgate
