#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "runners/revision/asking.h"

namespace modelgate {

/// Git, asked about one working copy. It finds no repository but the one of `root` (a hook's GIT_DIR and a
/// repository further up do not count), runs no hooks, no file system monitor and no pager, and cannot ask
/// for a password. Internal to runners/revision.
class Git {
 public:
  /// `root`: the top folder of the working copy, absolute.
  explicit Git(std::filesystem::path root) : root_(std::move(root)) {}

  const std::filesystem::path& root() const { return root_; }

  /// `git WORDS`. Words that come from elsewhere must be checked: is_full_commit(), is_branch_name().
  Answer ask(const std::vector<std::string>& words, const AskingLimits& limits = {}) const;
  /// The same of what speaks to the remote of this name; what its address holds of credentials is on no
  /// command line.
  Answer ask_remote(const std::string& remote, const std::vector<std::string>& words,
                    const AskingLimits& limits) const;

  /// The same of what must succeed. Errors: kind infrastructure, with `what` ("the commits of x cannot be
  /// listed"), what Git said, and the remedy that is known.
  std::string require(const std::vector<std::string>& words, const std::string& what,
                      const AskingLimits& limits = {}) const;

  /// The commit that a revision means ("HEAD", "refs/heads/x"), in full; empty if there is none here.
  std::string commit(const std::string& revision) const;

 private:
  Answer ask(std::vector<std::string> words, const AskingLimits& limits,
             std::map<std::string, std::string> environment) const;

  std::filesystem::path root_;
};

/// What can be done about what Git said; empty where nothing is known.
std::string remedy_of(const Answer& answer, const std::filesystem::path& root);

}  // namespace modelgate
