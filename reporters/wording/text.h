#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace modelgate {

/// printable(), without blanks at its ends.
std::string shown(std::string_view text);

/// The columns of a terminal that UTF-8 text takes up: none for combining and format characters, two for East
/// Asian wide and full-width ones, one for every other.
std::size_t columns(std::string_view text);

/// The text, or its beginning and "…", within `width` columns.
std::string cut(std::string_view text, std::size_t width);

/// The text in lines of at most `width` columns (at least two): broken at blanks (never between a number and
/// its %), a longer word behind one of
/// "/._-,;:=[(" or, if it must be, anywhere.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

/// The first lines of the text, each printable(); behind them "… and 3 more lines" where there are more.
std::vector<std::string> first_lines(const std::string& text, std::size_t most);

/// The text, and blanks up to `width` columns behind it.
std::string padded(std::string_view text, std::size_t width);

}  // namespace modelgate
