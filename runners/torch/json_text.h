#pragma once

#include <string>
#include <string_view>

namespace modelgate {

/// A text as a JSON string, in quotes. It must be UTF-8.
std::string json_quoted(std::string_view text);

/// The shortest decimal text that reads back as the same number; it must be finite.
std::string json_number(float value);
std::string json_number(double value);

}  // namespace modelgate
