#pragma once

#include <cstdint>
#include <string_view>

namespace modelgate {

/// What stands for an id: a whole number of up to 18 digits for itself, written as a number or as a text;
/// any other text its 63-bit hash (XXH3) with the highest bit set. Two of 100 million texts are mistaken for
/// each other with a probability of 0.05 %, and then rows are found repeated or to disagree: an error.
std::uint64_t key_of_id(std::string_view id);

/// A digest of a text, never 0. Of a list or map of JSON blanks between its parts make no difference.
std::uint32_t digest_of_text(std::string_view text);

/// The key of one sample of an id.
std::uint64_t key_of_sample(std::uint64_t id, std::int64_t sample);

/// A number for the sample of that name.
std::int64_t sample_called(std::string_view name);

/// The cluster of a row that names none: it is one by itself, or with the other samples of its id.
std::uint64_t own_cluster(std::uint64_t id);

}  // namespace modelgate
