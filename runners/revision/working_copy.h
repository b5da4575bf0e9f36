#pragma once

#include <filesystem>
#include <string>

namespace modelgate {

enum class VersionControl { none, git, subversion, mercurial };

/// "Git", "Subversion", "Mercurial"; empty for none.
std::string name_of(VersionControl system);

/// What a folder's files are a working copy of.
struct WorkingCopy {
  VersionControl system = VersionControl::none;
  std::filesystem::path root;  ///< Its top folder, absolute; empty for none.
  /// Git: 40 or 64 hexadecimal digits; Mercurial: 40; Subversion: "r1234". Empty before the first commit, and
  /// where it cannot be told.
  std::string commit;
  /// Subversion: what comes after branches/, or "trunk". Empty where HEAD is detached, of a tag, and where it
  /// cannot be told.
  std::string branch;
  bool modified = false;  ///< Files that are under version control are not as the commit has them.
  /// What keeps commit or `modified` from being told, and what to do about it, in one line; else empty.
  std::string trouble;
};

/// The working copy around the folder, asked of its program. Takes a process or two and looks at every file
/// that is under version control. Nothing is fetched, changed or locked.
WorkingCopy read_working_copy(const std::filesystem::path& folder);

/// What kind of working copy the folder lies in, and its top folder: the nearest folder at or above that
/// holds a .git of any kind (of a worktree or submodule it is a file), a .svn or a .hg. Starts no program.
struct WorkingCopyPlace {
  VersionControl system = VersionControl::none;
  std::filesystem::path root;
};
WorkingCopyPlace working_copy_place(const std::filesystem::path& folder);

/// The branch that the working copy around the folder has checked out, as WorkingCopy::branch has it; for Git
/// and Mercurial read from its files.
std::string current_branch(const std::filesystem::path& folder);

/// Whether the folder lies in a Git working copy that has a commit checked out and no branch. Likewise.
bool is_detached(const std::filesystem::path& folder);

/// True for the name of a commit in full: 40 or 64 hexadecimal digits.
bool is_full_commit(const std::string& text);

}  // namespace modelgate
