#pragma once

#include <filesystem>
#include <string>

#include "schemas/documents/manifest.h"

namespace modelgate {

/// What to save, and where.
struct SaveRequest {
  std::filesystem::path folder, store;
  std::string version, name, commit;
  double wait_seconds = 600;
};

struct Saved {
  Manifest manifest;
  bool already = false;  ///< The same files were saved under this version before; nothing was changed.
};

/// Copies a folder's files into the store under a version. Saving the same files again changes nothing but
/// mends what is damaged of them. Errors: kind usage for a version that holds other files, a name that cannot
/// be a version, a store that is of another model or lies within the folder; kind infrastructure if files
/// cannot be read or written. Nothing of it shows in the store unless all of it is there.
Saved save(const SaveRequest& request);

}  // namespace modelgate
