#pragma once

#include <filesystem>
#include <vector>

namespace modelgate {

/// Refuses to write examples over what is read or written otherwise, or into a folder of part files. Empty
/// paths are none. Errors: kind usage.
void check_apart(const std::filesystem::path& examples, const std::vector<std::filesystem::path>& others);

}  // namespace modelgate
