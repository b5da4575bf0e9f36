#include "schemas/formats/file_beside.h"

#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {

namespace fs = std::filesystem;

fs::path file_beside(const fs::path& document, const std::string& path) {
  const auto refuse = [&] {
    throw usage_error(document.string(), "names a data file outside of its folder: " + beginning(path));
  };
  const auto leaves = [](const fs::path& relative) {
    return relative.empty() || relative.is_absolute() || *relative.begin() == "..";
  };
  const fs::path relative = fs::path(path).lexically_normal();
  if (leaves(relative) || path.find('\0') != std::string::npos) refuse();
  std::error_code failure;  // what cannot be followed cannot be opened either
  const fs::path folder = fs::weakly_canonical(fs::absolute(document).parent_path(), failure);
  const fs::path target = fs::weakly_canonical(folder / relative, failure);
  if (!failure && leaves(target.lexically_relative(folder))) refuse();  // through a link
  return document.parent_path() / relative;
}

}  // namespace modelgate
