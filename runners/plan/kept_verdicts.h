#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "schemas/documents/verdict.h"

namespace modelgate {

/// Passing verdicts of exactly these files, this plan and this baseline, so that what is not changed need not
/// be judged again before a push. In a folder beside the store, for this machine alone.
class KeptVerdicts {
 public:
  /// `key`: a digest of all that the verdict depends on.
  KeptVerdicts(std::filesystem::path folder, const std::string& key);

  /// The verdict that was kept under the key, at most 7 days ago; nothing if there is none, it is not of this
  /// candidate and plan, does not pass, or its last day is over.
  std::optional<Verdict> find(const std::string& candidate_digest, const std::string& plan_digest) const;

  /// Keeps it if it passes, and removes the oldest where there are many. What cannot be written is not kept.
  void keep(const Verdict& verdict) const;

 private:
  std::filesystem::path folder_, file_;
};

}  // namespace modelgate
