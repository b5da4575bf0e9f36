#include "tests/schemas/formats/shared_data.h"

#include <cstdlib>

namespace modelgate {

std::filesystem::path shared_data() {
  if (const char* folder = std::getenv("MODELGATE_SHARED_DATA")) return folder;
  return std::filesystem::path(MODELGATE_SOURCE_DIR).parent_path() / "shared" / "data";
}

}  // namespace modelgate
