#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace modelgate {

/// The candidate nearest to `word` by Damerau–Levenshtein distance, or "" if none is near enough
/// (more than a third of the word's letters differ).
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

/// "Did you mean 'x'?" or "" when nothing is near.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

/// The words in order, as "a, b, c".
std::string listing(const std::vector<std::string>& words);

}  // namespace modelgate
