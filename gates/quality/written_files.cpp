#include "gates/quality/written_files.h"

#include "schemas/tool/error.h"

namespace modelgate {

namespace fs = std::filesystem;

void check_apart(const std::string& option, const fs::path& path, const std::vector<fs::path>& others) {
  const auto is_same = [](const fs::path& a, const fs::path& b) {
    std::error_code failure;
    // Where one does not exist yet, their names must do.
    return fs::equivalent(a, b, failure) ||
           fs::absolute(a, failure).lexically_normal() == fs::absolute(b, failure).lexically_normal();
  };
  for (const fs::path& other : others) {
    if (other.empty()) continue;
    std::error_code failure;
    const bool lies_in = fs::is_directory(other, failure) && is_same(fs::absolute(path).parent_path(), other);
    if (is_same(path, other) || lies_in)
      throw usage_error("--" + option,
                        "would change '" + other.string() + "', which is read or written otherwise",
                        "Name another file.");
  }
}

}  // namespace modelgate
