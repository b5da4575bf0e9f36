#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "schemas/formats/mapped_file.h"

namespace modelgate {

/// A tensor in a safetensors file: little-endian elements in row-major order.
struct Tensor {
  std::string name;
  std::string dtype;  ///< "F64", "F32", "F16", "BF16", "I64" … "I8", "U64" … "U8", "BOOL"
  std::vector<std::int64_t> shape;
  std::span<const std::byte> bytes;

  std::int64_t elements() const;
};

/// Bytes of one element of a dtype; 0 for one that is not known.
std::size_t dtype_bytes(const std::string& dtype);

/// A safetensors file, mapped: the tensors' bytes live as long as this does.
class Safetensors {
 public:
  /// Errors: kind infrastructure if it cannot be read; kind usage (with the tensor's name) if it is no valid
  /// safetensors file: a header that is too long, no JSON object, or has duplicate names; an unknown dtype; a
  /// shape that does not fit its bytes; bytes that overlap, leave gaps or lie outside of the file.
  explicit Safetensors(const std::filesystem::path& path);

  /// In the order of their bytes.
  const std::vector<Tensor>& tensors() const { return tensors_; }
  /// The tensor of that name, or null.
  const Tensor* find(const std::string& name) const;
  /// `__metadata__`.
  const std::map<std::string, std::string>& metadata() const { return metadata_; }

 private:
  MappedFile file_;
  std::vector<Tensor> tensors_;
  std::unordered_map<std::string, std::size_t> places_;  // in tensors_, by name
  std::map<std::string, std::string> metadata_;
};

/// Writes a safetensors file, beside and renamed. The tensors' bytes must fit their shapes
/// (std::logic_error).
void write_safetensors(const std::filesystem::path& path, const std::vector<Tensor>& tensors,
                       const std::map<std::string, std::string>& metadata = {});

}  // namespace modelgate
