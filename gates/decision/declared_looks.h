#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace modelgate {

/// Why the looks that the measurements declare cannot be used, in words; empty if they can. They must rise,
/// and those of the baseline, where there is one, be the same.
std::string unusable_looks(const std::optional<std::vector<std::int64_t>>& baseline,
                           const std::vector<std::int64_t>& candidate);

}  // namespace modelgate
