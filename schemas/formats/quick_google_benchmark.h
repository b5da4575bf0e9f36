#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "schemas/documents/measurements.h"

namespace modelgate {

/// Reads the text of a Google Benchmark document a hundred times as fast as parse_json and
/// google_benchmark_from, with the same result. Nothing if there is any doubt: the text is no JSON, or other
/// than Google Benchmark writes it, or has a field `schema` and so is a document of ours. Then the strict
/// reader decides, and words the error if there is one. `readable` bytes may be looked at from the beginning
/// of the text on; where these are fewer than quick_reading_padding more than the text has, it is copied.
std::optional<Measurements> quick_google_benchmark(std::string_view text, std::size_t readable);

inline constexpr std::size_t quick_reading_padding = 64;

}  // namespace modelgate
