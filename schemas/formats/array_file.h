#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/formats/array_view.h"
#include "schemas/formats/mapped_file.h"
#include "schemas/formats/safetensors.h"

namespace modelgate {

/// Files that hold arrays by name.
enum class ArrayFormat { npy, npz, safetensors };

/// Told by how the file begins; none for any other.
std::optional<ArrayFormat> array_format(std::string_view text);

/// The named arrays of a file: those of .npz and .safetensors, the fields of a structured .npy. Its bytes are
/// mapped; only members that are packed are unpacked, if they are wanted.
class ArrayFile {
 public:
  /// Reads what `wanted` says of its name: of "slices.lang" also where it is asked for "slices". Errors: kind
  /// infrastructure if the file cannot be read; kind usage if it is damaged, holds an array without a name,
  /// or members of more than 4 GiB unpacked; those of npy_arrays(), zip_members() and Safetensors.
  ArrayFile(const std::filesystem::path& path, const std::function<bool(const std::string& name)>& wanted);

  const std::vector<ArrayView>& arrays() const { return arrays_; }
  /// Of all arrays, wanted or not: what the file calls them.
  const std::vector<std::string>& names() const { return names_; }

 private:
  void read_npy(const std::string& where);
  void read_npz(const std::string& where, const std::function<bool(const std::string&)>& wanted);
  void read_safetensors(const std::filesystem::path& path);

  std::optional<MappedFile> file_;
  std::optional<Safetensors> safetensors_;
  std::vector<std::vector<std::byte>> unpacked_;
  std::vector<ArrayView> arrays_;
  std::vector<std::string> names_;
};

}  // namespace modelgate
