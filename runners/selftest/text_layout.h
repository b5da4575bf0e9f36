#pragma once

#include <cstddef>
#include <string>

namespace modelgate {

/// The columns of the terminal that stdout goes to; 0 where it goes elsewhere.
std::size_t terminal_width();

/// How many characters a UTF-8 text has.
std::size_t characters(const std::string& text);

/// At most `width` characters, cut in the middle, because names tend to differ at their ends.
std::string cut(const std::string& text, std::size_t width);

/// Filled up with blanks.
std::string padded(const std::string& text, std::size_t width);

/// Lines of at most `width` characters, broken at blanks and indented, the further ones by `hanging` more.
std::string wrapped(const std::string& text, std::size_t width, std::string indent, std::size_t hanging = 0);

}  // namespace modelgate
