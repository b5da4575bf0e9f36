#pragma once

#include <optional>
#include <string>

namespace modelgate {

/// Which baseline a candidate is to be compared with, as the plan or --baseline says.
struct BaselineWish {
  enum class Kind {
    latest,      ///< "latest": the highest release by version.
    version,     ///< "v1.2.0": a release or green.
    branch,      ///< "branch:main": that branch's last green.
    merge_base,  ///< "merge-base", "merge-base:main": what is kept of the commit where the change began.
  };
  Kind kind = Kind::latest;
  std::string name;  ///< The version or branch; empty for latest, and for the merge base with the target.

  /// As it is written.
  std::string text() const;

  bool operator==(const BaselineWish&) const = default;
};

/// Nothing if the text says none of that.
std::optional<BaselineWish> baseline_wish(const std::string& text);

/// What may stand there, for a hint.
inline constexpr char baseline_forms[] =
    "Use latest, a version such as v1.2.0, branch:NAME, merge-base or merge-base:BRANCH.";

}  // namespace modelgate
