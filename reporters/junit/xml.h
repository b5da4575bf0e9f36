#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace modelgate {

/// The text as the content of an element. XML 1.0 has no place for most control characters, however written:
/// they become \x1b and the like; so do bytes that are not UTF-8, and noncharacters, U+FFFD. Newlines stay.
std::string xml_text(std::string_view text);

/// The text, or "…" behind its first bytes, at most so many and whole characters.
std::string shortened(const std::string& text, std::size_t most_bytes);

/// The text as the value of an attribute, in one line.
std::string xml_attribute(std::string_view text);

}  // namespace modelgate
