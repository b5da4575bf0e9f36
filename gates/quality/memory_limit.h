#pragma once

#include <cstddef>
#include <string>

namespace modelgate {

/// "2GiB", "500MiB" or "64KiB" as bytes. Errors: kind usage with the option.
std::size_t memory_size(const std::string& option, const std::string& text);

}  // namespace modelgate
