#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace modelgate {

/// What the bytes of an element say.
enum class ElementType { whole, natural, floating, brain_floating, boolean, bytes, characters, unreadable };

/// An array in somebody's memory: element (i, j, …) begins at the sum of indices times strides.
struct ArrayView {
  std::string name;
  std::string dtype;  ///< As the file calls it: "<f8", "BF16".
  ElementType type = ElementType::unreadable;
  std::size_t element_bytes = 0;  ///< Of `bytes` the longest text, of `characters` four times that.
  bool big_endian = false;
  std::vector<std::int64_t> shape;
  std::vector<std::int64_t> strides;  ///< In bytes, none negative; one for each dimension.
  std::span<const std::byte> bytes;   ///< All elements lie within; empty if unreadable.
};

}  // namespace modelgate
