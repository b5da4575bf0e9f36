#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>

#include "runners/revision/fetching.h"
#include "schemas/pipeline/pipeline.h"

namespace modelgate {

/// The commit that a change is compared with: where it left the branch into which it is to go.
struct MergeBase {
  std::string commit;  ///< In full; it is in this clone.
  std::string target;  ///< What HEAD was held against, for people: "origin/main", "main at 3f2a90c1d2e3".
  /// HEAD is on the target itself, and what lies before it was taken: its first parent.
  bool is_before_head = false;
  /// What somebody should know of how it was found, in sentences; else empty.
  std::string note;
};

/// The merge base of HEAD, of the Git working copy around the folder, with
///   - the branch `target`, if one is named;
///   - else the target of the pipeline: its commit where CI says it, the first parent of the merge that was
///     checked out, or its branch;
///   - else the remote's own branch (what its HEAD says, or main or master), or the local one of that name.
/// Where HEAD is on the target itself the merge base would be HEAD: that stands where files are modified on
/// a developer's machine, elsewhere HEAD's first parent is taken.
/// A branch that is not here is fetched, and so are the commits that a shallow clone lacks: a merge base
/// counts only if no commit between it and the two tips is one at which the clone is cut off. Errors: kind
/// infrastructure, with what to do.
MergeBase merge_base(const std::filesystem::path& folder, const Pipeline& pipeline, const std::string& target,
                     const Fetching& fetching);

/// A commit and how many commits of the other's history it lacks.
struct Ancestor {
  std::string commit;
  std::int64_t behind = 0;
};

/// Of `commits` (in full) the one that is nearest to `start`: `start` itself, or an ancestor of it that
/// lacks the fewest of its commits. Looks at the 20,000 newest commits of its history; nothing if none of
/// them is. Fetches as above, and errs likewise.
std::optional<Ancestor> nearest_ancestor(const std::filesystem::path& folder, const Pipeline& pipeline,
                                         const std::string& start, const std::set<std::string>& commits,
                                         const Fetching& fetching);

/// The commit that an abbreviation of 7 hexadecimal digits or more means in the working copy around the
/// folder, in full; empty if it means none or several. Starts no program for one that is full.
std::string full_commit(const std::filesystem::path& folder, const std::string& commit);

}  // namespace modelgate
