#pragma once

#include <filesystem>
#include <string>

namespace modelgate {

/// Where a file lies that a document names by a path relative to its own folder. Errors: kind usage if the
/// path leads out of that folder, also through a link.
std::filesystem::path file_beside(const std::filesystem::path& document, const std::string& path);

}  // namespace modelgate
