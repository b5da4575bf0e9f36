#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace modelgate {

inline constexpr std::int64_t most_batch_size = 1 << 20;
inline constexpr std::int64_t most_length = 1 << 24;
inline constexpr std::int64_t most_threads = 4096;

/// The text as a whole number, or nothing where it is none.
std::optional<std::int64_t> whole_number(const std::string& text);

/// What was typed as `option`, as whole numbers from 1 to `most`, each given once. Errors: kind usage.
std::vector<std::int64_t> counts_from(const std::string& option, const std::vector<std::string>& texts,
                                      std::int64_t most);

/// How many rows of raw outputs are kept: nothing for "all", 0 for "none", or the number. Errors: kind usage.
std::optional<std::int64_t> kept_rows_from(const std::string& text);

}  // namespace modelgate
