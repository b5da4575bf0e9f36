#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace modelgate {

/// What "batch" and "length" are in a call of the model.
struct CallShape {
  std::int64_t batch = 1;              ///< Rows of a call.
  std::optional<std::int64_t> length;  ///< Of the second dimension of its inputs; nothing: as they are.

  bool operator==(const CallShape&) const = default;
};

/// "8", or "8x128" with a length.
std::string text_of(const CallShape& shape);
/// The shape of such a text, which stands in `option`. Errors: kind usage.
CallShape call_shape_from(const std::string& option, const std::string& text);

}  // namespace modelgate
