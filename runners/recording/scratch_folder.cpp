#include "runners/recording/scratch_folder.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include "schemas/tool/error.h"

namespace modelgate {

namespace fs = std::filesystem;

ScratchFolder::ScratchFolder() {
  std::error_code failure;
  const fs::path parent = fs::temp_directory_path(failure);
  if (failure)
    throw infrastructure_error("TMPDIR", "there is no folder for temporary files: " + failure.message());
  std::string name = (parent / "modelgate-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr)
    throw infrastructure_error(parent.string(),
                               std::string("no folder can be made there: ") + std::strerror(errno));
  path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace modelgate
