#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace modelgate {

/// The names of a model's classes, one a line, in the order of its outputs. Errors: kind infrastructure if
/// the file cannot be read; kind usage with file:line for an empty or repeated name, and for what is not
/// text.
std::vector<std::string> read_class_names(const std::filesystem::path& path);

}  // namespace modelgate
