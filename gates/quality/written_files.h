#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace modelgate {

/// Refuses to write what an option names over what is read or written otherwise, or into a folder of part
/// files. Empty paths are none. Errors: kind usage.
void check_apart(const std::string& option, const std::filesystem::path& path,
                 const std::vector<std::filesystem::path>& others);

}  // namespace modelgate
