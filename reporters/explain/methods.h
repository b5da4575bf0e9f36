#pragma once

#include <string>
#include <vector>

namespace modelgate {

/// What a check's method does, in sentences for people who know no statistics. Of a method of somebody else's
/// gate nothing is said that may be wrong: it is named, and that it is not known here.
std::vector<std::string> method_in_words(const std::string& method);

/// False of a method that compares or counts, so that no chance is in what it says and its p-values mean
/// nothing.
bool is_estimated(const std::string& method);

/// What a count of a check's `n` counts: "rows that exactly one of the two models answers right" of
/// "discordant"; "" of one that is not known here.
std::string count_in_words(const std::string& name);

}  // namespace modelgate
