#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace modelgate {

/// "file:line:column" of a byte of a text, counted from 1, the column in characters.
std::string place_in(std::string_view text, std::size_t offset, const std::string& file);

/// Refuses what no text format of ours holds: bytes that are not UTF-8, and NUL, which some parsers take for
/// the end of the text. Errors: kind usage with the place of the byte.
void expect_text(std::string_view text, const std::string& file);

}  // namespace modelgate
