#pragma once

#include <set>
#include <string>
#include <string_view>

#include "schemas/rows/row_request.h"

namespace modelgate {

/// What stands where a value must not leave.
inline constexpr std::string_view redacted_value = "[redacted]";

/// Whether the values of a field must not be shown. `path` is ours ("prediction", "slices.lang") or the
/// file's ("answer", "messages.content"). A field that request.redacted names is hidden by either name, with
/// all that stands below it; a name without a dot hides the field of that name at any depth.
bool is_redacted(const RowRequest& request, std::string_view path);

/// Those of request.redacted that hide the field.
std::set<std::string> redactions_of(const RowRequest& request, std::string_view path);

/// What a message calls a field: a score that must not be shown is not called by its class, either.
std::string shown_name(const RowRequest& request, const std::string& path);

/// A value as a message can show it: its beginning, or that it is redacted.
std::string shown(const RowRequest& request, std::string_view path, std::string_view value,
                  std::size_t bytes = 80);

}  // namespace modelgate
