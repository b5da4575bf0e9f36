#pragma once

// How our documents are written: keys in a fixed order, what is empty is left out. Internal to
// schemas/documents, because nlohmann's header costs seconds to compile.

#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "schemas/tool/error.h"

namespace modelgate::writing {

using Json = nlohmann::ordered_json;

/// The head of every document.
inline Json document(const std::string& schema, std::int64_t version) {
  return Json{{"schema", "modelgate/" + schema}, {"version", version}};
}

/// nlohmann would write NaN as null, which a reader could take for "absent".
inline double finite(double value, const std::string& key) {
  if (!std::isfinite(value))
    throw infrastructure_error("", "'" + key + "' is not a finite number and cannot be written");
  return value;
}

inline void put(Json& object, const std::string& key, const std::string& value) {
  if (!value.empty()) object[key] = value;
}
inline void put(Json& object, const std::string& key, const std::optional<double>& value) {
  if (value) object[key] = finite(*value, key);
}
inline void put(Json& object, const std::string& key, bool value) {
  if (value) object[key] = true;
}
template <typename Container>
void put_all(Json& object, const std::string& key, const Container& values) {
  if (!values.empty()) object[key] = values;
}

/// Two blanks of indentation, a newline at the end; bytes that are not UTF-8 become U+FFFD.
inline std::string text_of(const Json& document) {
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

/// The text as a part of a document, `depth` levels deep.
inline std::string indented(const Json& json, std::size_t depth) {
  std::string all;
  for (const char c : json.dump(2, ' ', false, Json::error_handler_t::replace)) {
    all += c;
    // A text in JSON holds no line ends of its own.
    if (c == '\n') all.append(2 * depth, ' ');
  }
  return all;
}

/// The fields of an object that is a document, without its braces and the line ends beside them.
inline std::string fields_of(const Json& object) {
  const std::string text = object.dump(2, ' ', false, Json::error_handler_t::replace);
  return text.substr(2, text.size() - 4);
}

inline void append_quoted(std::string& all, std::string_view text) {
  bool plain = true;
  for (const char c : text) plain = plain && c >= ' ' && c < '\x7f' && c != '"' && c != '\\';
  if (plain)
    all.append(1, '"').append(text).append(1, '"');
  else
    all += Json(std::string(text)).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace modelgate::writing
