#pragma once

#include <filesystem>

#include "runners/revision/working_copy.h"

namespace modelgate {

// What each system's own program says of a working copy. Internal to runners/revision.

/// Without the branch, which working_copy.cpp reads from files.
WorkingCopy git_identity(const std::filesystem::path& root);
WorkingCopy mercurial_identity(const std::filesystem::path& root);

/// Subversion looks at every file to say what is modified; the branch needs no such look.
enum class Looking { at_nothing, at_every_file };

/// `folder`: within the working copy; where all of a repository is checked out, it says on which branch.
WorkingCopy subversion_identity(const std::filesystem::path& root, const std::filesystem::path& folder,
                                Looking looking);

/// "trunk" or what follows branches/ in "^/project/branches/release/1"; empty for tags and anything else.
/// `whole`: all that follows is the name; else its first part.
std::string branch_of_subversion(const std::string& relative_url, bool whole);

}  // namespace modelgate
