#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "gates/baseline/admission.h"
#include "schemas/documents/green.h"

namespace modelgate {

/// Which version to mark green, on which branch, and by which verdict.
struct MarkRequest {
  std::filesystem::path store, verdict;
  std::string version, branch;
  double wait_seconds = 600;
};

struct Marked {
  std::optional<Refusal> refusal;  ///< Nothing was changed, for this reason.
  Green green;
  bool already = false;  ///< The version was green on this branch before, which stays as it was.
};

/// Makes a version that is saved or released the branch's last green, if the verdict lets it through: as a
/// release (see admission.h), but against any release or green of the store, or as a first release where
/// there is none. Its number is one more than the store's highest, so that the order is that in which the
/// store's lock was held, whatever the clocks say. The verdict is kept. Errors: kind usage for a version that
/// is not there, what is no branch and what is no verdict; kind infrastructure for a damaged store.
Marked mark_green(const MarkRequest& request);

}  // namespace modelgate
