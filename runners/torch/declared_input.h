#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runners/torch/call_shape.h"

namespace modelgate {

/// An input that is made up of random numbers, for measuring speed where there are no data:
///   input: float32[batch, 16]            uniform from 0 to 1
///   tokens: int64[batch, length] 1..9999  both ends are drawn
///   mask: bool[batch, length]            false and true alike
struct DeclaredInput {
  struct Dimension {
    enum class Kind { batch, length, number } kind = Kind::number;
    std::int64_t number = 0;

    bool operator==(const Dimension&) const = default;
  };

  std::string name;
  std::string dtype;  ///< float32, bfloat16, float16, float64, int64, int32, int16, int8, uint8 or bool.
  std::vector<Dimension> dimensions;
  double lowest = 0, highest = 1;

  bool operator==(const DeclaredInput&) const = default;

  /// The sizes in a call. Errors: kind usage if there is no length, or the input would be larger than 4 GiB.
  std::vector<std::int64_t> sizes(const CallShape& shape) const;
};

/// Reads what was typed as --shapes. Errors: kind usage, with what was expected where.
DeclaredInput declared_input_from(const std::string& text);

/// All of them. Errors: kind usage if a name is given twice, or none has the dimension `batch`; if one has
/// `length` and no lengths are measured, or the other way round.
std::vector<DeclaredInput> declared_inputs_from(const std::vector<std::string>& texts, bool with_lengths);

}  // namespace modelgate
