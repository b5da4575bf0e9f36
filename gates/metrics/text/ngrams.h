#pragma once

#include <cstdint>
#include <span>

#include "gates/metrics/text/symbols.h"

namespace modelgate {

/// How many n-grams a text of so many words or characters has.
std::int64_t ngram_count(std::size_t length, std::size_t order);

/// Of each order 1 … matches.size(): how many n-grams of the hypothesis are in the references. An n-gram that
/// it has several times counts as often as the reference has it that has it most often ("clipped", Papineni
/// et al. 2002). All symbols come from one call of number_words or number_characters.
void count_matches(const Symbols& hypothesis, std::span<const Symbols> references,
                   std::span<std::int64_t> matches);

}  // namespace modelgate
