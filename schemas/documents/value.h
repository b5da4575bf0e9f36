#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace modelgate {

/// A parsed value, the same for JSON and YAML. Internal to schemas/documents.
struct Value {
  enum class Kind { null, boolean, number, text, array, object };
  Kind kind = Kind::null;
  bool boolean = false;
  double number = 0;
  bool is_integer = false;
  std::string text;  ///< Of a text; for numbers and booleans as they were written.
  std::vector<Value> items;
  std::vector<std::pair<std::string, Value>> fields;
  /// Bytes before it and before its key in the text; negative for JSON, which is located by pointer.
  std::int32_t offset = -1, key_offset = -1;
};

/// A parsed document.
struct Source {
  std::string file;
  std::string text;  ///< Of YAML.
  Value root;
};

/// A key as a part of a JSON pointer (RFC 6901).
std::string pointer_token(const std::string& key);

}  // namespace modelgate
