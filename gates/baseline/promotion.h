#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "gates/baseline/admission.h"
#include "schemas/documents/manifest.h"

namespace modelgate {

/// What to release, and by which verdict.
struct PromoteRequest {
  std::filesystem::path store, verdict;
  std::string version;
  double wait_seconds = 600;
};

struct Promoted {
  std::optional<Refusal> refusal;  ///< Nothing was changed, for this reason.
  Manifest manifest;
  std::string sentence;  ///< The verdict's.
  bool already = false;  ///< It was released by this very verdict before; nothing was changed.
};

/// Turns a saved version into a release, if the verdict lets it through (see admission.h) and all of its
/// files are in the store undamaged. The verdict is kept; a version that was saved without its commit gets
/// that which was judged. Errors: kind usage for a version that is not there
/// or is released by another verdict, and for what is no verdict; kind infrastructure for a damaged store.
Promoted promote(const PromoteRequest& request);

}  // namespace modelgate
