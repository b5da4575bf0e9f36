#pragma once

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
  int line = 0, column = 0;  ///< Counted from 1; 0 for JSON, which is located by pointer.
};

/// A parsed document.
struct Source {
  std::string file;
  Value root;
};

inline constexpr int maximum_depth = 64;

}  // namespace modelgate
