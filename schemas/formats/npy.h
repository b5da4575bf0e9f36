#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/formats/array_view.h"

namespace modelgate {

/// How a file of numpy begins.
inline constexpr std::string_view npy_magic = "\x93NUMPY";

/// The arrays in the bytes of a .npy file, which must outlive them (format versions 1.0 to 3.0): one without
/// a name, or one for each field of structured elements, nested ones called "slices.lang"; the elements of a
/// field with a shape of its own are further dimensions. dtypes other than integers, f2, f4, f8, b1, S and U
/// are unreadable. Errors: kind usage with `where` for what is no such file, is cut off, has bytes to spare,
/// or more than 1,000 fields.
std::vector<ArrayView> npy_arrays(std::span<const std::byte> file, const std::string& where);

}  // namespace modelgate
