#pragma once

#include <string>
#include <string_view>

namespace modelgate {

/// The number of bytes of the UTF-8 character that begins at `text[0]`, 0 if none does: overlong forms,
/// surrogates and what lies past U+10FFFF are refused (Unicode 15, table 3-7).
std::size_t utf8_character(std::string_view text);

/// True when the whole text is UTF-8.
bool is_utf8(std::string_view text);

/// True when the whole text is UTF-8 without control characters (C0, DEL, C1) and without characters that end
/// a line or turn its direction (U+2028 to U+202E, U+2066 to U+2069).
bool is_printable(std::string_view text);

/// The text as it can be shown on a terminal or in a CI log, where a foreign document must not move the
/// cursor or begin a line: those become \n, \t, \x1b or \u202e, bytes that are not UTF-8 become U+FFFD.
std::string printable(std::string_view text);

/// What an error message quotes of a foreign document: printable, at most `bytes` of its beginning, ending at
/// a whole character, and "…" if more was there.
std::string beginning(std::string_view text, std::size_t bytes = 80);

}  // namespace modelgate
