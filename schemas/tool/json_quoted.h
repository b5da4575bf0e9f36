#pragma once

#include <string>
#include <string_view>

namespace modelgate {

/// The text as JSON, with its quotes, on one line; bytes that are not UTF-8 become U+FFFD.
std::string json_quoted(std::string_view text);

}  // namespace modelgate
