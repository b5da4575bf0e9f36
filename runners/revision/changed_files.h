#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace modelgate {

/// The files of a Git working copy that are not as they are in the commit `base`: changed since by commits,
/// in the index or in the working tree, removed, new, or untracked and not ignored. A file that was renamed
/// is there under both names; a submodule that changed, as its folder; a file that Git was told not to look
/// at (assume-unchanged, skip-worktree) always, if it is there. Paths relative to `root`, '/' between parts,
/// as the bytes that they are; sorted, each once.
///
/// `root` is the working copy's top folder (see working_copy.h), `base` a commit in full. Errors: kind
/// infrastructure if Git does not answer, the commit is not here, or there are more than 256 MiB of names.
/// What cannot be told is never "nothing changed".
std::vector<std::string> changed_files(const std::filesystem::path& root, const std::string& base);

}  // namespace modelgate
