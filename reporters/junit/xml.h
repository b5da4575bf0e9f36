#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace modelgate {

// XML 1.0 has no place for most control characters, however written: they become \x1b and the like; so do
// bytes that are not UTF-8, and noncharacters, U+FFFD. What would take more than `most_bytes` as it is
// written ends in "…".

/// The text as the content of an element. Newlines and tabs stay.
std::string xml_text(std::string_view text, std::size_t most_bytes = std::string::npos);

/// The text as the value of an attribute, in one line.
std::string xml_attribute(std::string_view text, std::size_t most_bytes = std::string::npos);

}  // namespace modelgate
