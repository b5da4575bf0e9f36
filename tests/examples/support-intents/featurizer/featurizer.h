#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace intents {

/// How many different features the model tells apart; feature 0 is padding.
inline constexpr std::int32_t feature_buckets = 1 << 14;
/// Features of an utterance that the model looks at.
inline constexpr std::size_t feature_length = 96;

/// The hashed n-grams of an utterance, each in [1, feature_buckets), most telling first: words, pairs of
/// neighbouring words, then the three-character parts of each word, its ends marked. A Chinese character
/// counts as a word, and runs of three of them are features too. Repeats are kept. Empty where no word is.
std::vector<std::int32_t> features_of(std::string_view utterance);

/// The same, cut or filled with 0 to feature_length: what the model takes.
std::vector<std::int32_t> model_input(std::string_view utterance);

}  // namespace intents
