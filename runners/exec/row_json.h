#pragma once

// Rows as JSON. Internal to runners/exec, because nlohmann's header costs seconds to compile.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "runners/exec/rows.h"

namespace modelgate {

using Json = nlohmann::ordered_json;

/// The object of a line; nothing if it is none, is nested deeper than 64, or longer than 64 MiB.
std::optional<Json> object_of(std::string_view line);

/// The name of a row; nothing if it has no id, or an id or sample of another type.
std::optional<RowName> name_of_row(const Json& row);

/// The cluster of a row; nothing if it names none.
std::optional<std::string> cluster_of_row(const Json& row);

/// Puts into the answer what the input says of its row. Returns the first field in which the answer says
/// something else; the input's word counts.
std::optional<std::string> carry_over(const Json& input, Json& answer);

/// The beginning of a text as it can be shown.
std::string shortened(std::string_view text);

}  // namespace modelgate
