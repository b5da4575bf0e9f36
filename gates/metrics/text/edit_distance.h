#pragma once

#include <cstdint>

#include "gates/metrics/text/symbols.h"

namespace modelgate {

/// The least number of substitutions, insertions and deletions that make one of the other (Levenshtein).
/// Symbols come from one call of number_words or number_characters. Time is O(length × distance / 64), memory
/// linear.
std::int64_t edit_distance(const Symbols& first, const Symbols& second);

/// The length of the longest sequence of symbols that both have in this order, with gaps. Time is
/// O(length × length / 64), memory linear.
std::int64_t common_subsequence(const Symbols& first, const Symbols& second);

}  // namespace modelgate
