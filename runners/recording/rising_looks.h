#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace modelgate {

/// What was typed as --looks, as numbers above 0 that rise. Errors: kind usage.
std::vector<std::int64_t> rising_looks(const std::vector<std::string>& typed);

}  // namespace modelgate
