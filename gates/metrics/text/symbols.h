#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace modelgate {

/// A text as the numbers of its words or characters. Equal ones have equal numbers within one group of texts,
/// so that what follows compares numbers only.
using Symbols = std::vector<std::uint32_t>;

/// Numbers the words of several texts together.
std::vector<Symbols> number_words(std::span<const std::vector<std::string_view>> texts);

/// Numbers the code points of several texts together.
std::vector<Symbols> number_characters(std::span<const std::u32string> texts);

}  // namespace modelgate
