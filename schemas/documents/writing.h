#pragma once

// How our documents are written: keys in a fixed order, what is empty is left out. Internal to
// schemas/documents, because nlohmann's header costs seconds to compile.

#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

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

}  // namespace modelgate::writing
