#include "reporters/wording/source_place.h"

#include <filesystem>

#include "schemas/tool/printable.h"

namespace modelgate {

std::string path_below(const std::string& root, const Check& check) {
  namespace fs = std::filesystem;
  if (check.file.empty() || !is_printable(check.file) || check.file.find('\\') != std::string::npos)
    return "";
  fs::path path = fs::path(check.file).lexically_normal();
  if (path.is_absolute()) {
    // "dir/" would be a folder within dir.
    fs::path folder = fs::absolute(root).lexically_normal();
    if (!folder.has_filename()) folder = folder.parent_path();
    path = path.lexically_relative(folder);
  }
  if (path.empty() || path == "." || *path.begin() == "..") return "";
  return path.generic_string();
}

}  // namespace modelgate
