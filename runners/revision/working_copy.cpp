#include "runners/revision/working_copy.h"

#include <algorithm>

#include "runners/revision/git.h"
#include "runners/revision/identities.h"
#include "schemas/documents/branch_name.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

/// The text of a small file, or nothing.
std::string small_text(const fs::path& file) {
  std::error_code failure;
  if (!fs::is_regular_file(file, failure)) return "";  // a pipe would keep us waiting
  try {
    const std::string text = read_file(file, 4096);
    return text.substr(0, text.find_last_not_of("\r\n") + 1);
  } catch (const Error&) {
    return "";
  }
}

/// What follows a word at the beginning of the text; empty if it is another.
std::string after(const std::string& word, const std::string& text) {
  if (!text.starts_with(word)) return "";
  return text.substr(std::min(text.find_first_not_of(' ', word.size()), text.size()));
}

/// What HEAD holds: a reference or a commit. Empty where there is none.
std::string head_of_git(const fs::path& root) {
  fs::path repository = root / ".git";
  std::error_code failure;
  if (!fs::is_directory(repository, failure)) {
    // Of a further worktree, or a submodule.
    const std::string elsewhere = after("gitdir:", small_text(repository));
    if (elsewhere.empty() || elsewhere.find('\0') != std::string::npos) return "";
    repository = root / elsewhere;
  }
  return small_text(repository / "HEAD");
}

std::string branch_of_git(const fs::path& root) {
  std::string head = after("ref:", head_of_git(root));
  // What stands there where the branches lie in a reftable, which only Git reads.
  if (head == "refs/heads/.invalid") head = Git(root).ask({"symbolic-ref", "--quiet", "HEAD"}).line();
  const std::string branch = after("refs/heads/", head);
  return is_branch_name(branch) ? branch : "";
}

std::string branch_of_mercurial(const fs::path& root) {
  std::error_code failure;
  const fs::path file = root / ".hg" / "branch";
  // Mercurial writes none before the first `hg branch`.
  if (!fs::exists(fs::symlink_status(file, failure))) return "default";
  const std::string branch = small_text(file);
  return is_branch_name(branch) ? branch : "";
}

}  // namespace

std::string name_of(VersionControl system) {
  switch (system) {
    case VersionControl::git:
      return "Git";
    case VersionControl::subversion:
      return "Subversion";
    case VersionControl::mercurial:
      return "Mercurial";
    case VersionControl::none:
      break;
  }
  return "";
}

bool is_full_commit(const std::string& text) {
  return (text.size() == 40 || text.size() == 64) &&
         text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

WorkingCopyPlace working_copy_place(const fs::path& folder) {
  std::error_code failure;
  for (fs::path at = fs::absolute(folder, failure).lexically_normal(); !failure; at = at.parent_path()) {
    const fs::path root = at.has_filename() ? at : at.parent_path();  // "x/" as "x"
    for (const auto& [name, system] :
         {std::pair{".git", VersionControl::git}, std::pair{".svn", VersionControl::subversion},
          std::pair{".hg", VersionControl::mercurial}})
      if (fs::exists(fs::symlink_status(at / name, failure))) return {system, root};
    if (at == at.parent_path()) break;
    failure.clear();
  }
  return {};
}

std::string current_branch(const fs::path& folder) {
  const WorkingCopyPlace place = working_copy_place(folder);
  switch (place.system) {
    case VersionControl::git:
      return branch_of_git(place.root);
    case VersionControl::mercurial:
      return branch_of_mercurial(place.root);
    case VersionControl::subversion:
      return subversion_identity(place.root, folder, Looking::at_nothing).branch;
    case VersionControl::none:
      break;
  }
  return "";
}

bool is_detached(const fs::path& folder) {
  const WorkingCopyPlace place = working_copy_place(folder);
  return place.system == VersionControl::git && is_full_commit(head_of_git(place.root));
}

WorkingCopy read_working_copy(const fs::path& folder) {
  const WorkingCopyPlace place = working_copy_place(folder);
  WorkingCopy copy;
  if (place.system == VersionControl::git) copy = git_identity(place.root);
  if (place.system == VersionControl::mercurial) copy = mercurial_identity(place.root);
  if (place.system == VersionControl::subversion)
    return subversion_identity(place.root, folder, Looking::at_every_file);
  if (place.system != VersionControl::none) copy.branch = current_branch(place.root);
  return copy;
}

}  // namespace modelgate
