#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace modelgate {

inline constexpr std::int64_t most_batch_size = 1 << 20;

/// The batch sizes of --batch-sizes, each given once. Errors: kind usage.
std::vector<std::int64_t> batch_sizes_from(const std::vector<std::string>& texts);

/// How many rows of raw outputs are kept: nothing for "all", 0 for "none", or the number. Errors: kind usage.
std::optional<std::int64_t> kept_rows_from(const std::string& text);

}  // namespace modelgate
