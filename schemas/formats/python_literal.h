#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace modelgate {

/// A value as Python writes it, as far as headers of numpy need: texts, whole numbers, True and False, lists,
/// tuples and maps with texts as keys.
struct PythonLiteral {
  enum class Kind { text, whole, boolean, sequence, map };

  Kind kind = Kind::text;
  std::string text;
  std::int64_t whole = 0;  ///< Also of a boolean: 0 or 1.
  std::vector<PythonLiteral> items;
  std::vector<std::string> keys;  ///< Of a map: items[i] belongs to keys[i].

  /// The value of a key of a map, or null.
  const PythonLiteral* find(std::string_view key) const;
};

/// Reads one. Errors: kind usage with `where` for what is not one, for anything behind it, for a key twice,
/// for more than 16 levels.
PythonLiteral python_literal(std::string_view text, const std::string& where);

}  // namespace modelgate
