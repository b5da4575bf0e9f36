#pragma once

#include <chrono>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "runners/revision/fetching.h"
#include "runners/revision/git.h"
#include "schemas/pipeline/pipeline.h"

namespace modelgate {

/// The commits of a repository, of which a shallow clone holds the newest only. What would be answered by
/// commits that are not here is asked again with more of them, or is an Error: never answered by what happens
/// to be here. Internal to runners/revision.
class History {
 public:
  History(Git git, const Pipeline& pipeline, const Fetching& fetching);

  const Git& git() const { return git_; }
  const Pipeline& pipeline() const { return pipeline_; }
  bool may_fetch() const { return fetching_.allowed; }

  /// The commits whose parents are not here, although they have some. Empty in a clone that is whole.
  std::set<std::string> boundary() const;

  /// Of the commits that `words` list (of `git rev-list`), those of the boundary: where the list is cut off.
  std::vector<std::string> open_ends(std::vector<std::string> words) const;

  /// Calls `question` until it leaves no open ends, and fetches older commits in growing steps before it asks
  /// again; at last all that there are. Errors: kind infrastructure, naming the setting of the platform, if
  /// that cannot be done.
  void settle(const std::function<std::vector<std::string>()>& question);

  /// The remote to fetch from: "origin", that of the branch that is checked out, or the only one; else empty.
  std::string remote() const;

  /// Makes the commit be here; says why if that fails.
  std::string fetch_commit(const std::string& commit);
  /// Errors: kind infrastructure if it fails, naming the setting of the platform.
  void require_commit(const std::string& commit);
  /// Brings refs/remotes/REMOTE/BRANCH up to date; what Git said if that fails, else empty.
  std::string fetch_branch(const std::string& branch);
  /// The branch that the remote calls its own; empty if it does not say.
  std::string remote_default_branch() const;

  /// The parents as they are written in the commit, whether or not they are here.
  std::vector<std::string> parents(const std::string& commit) const;

 private:
  void deepen(const std::vector<std::string>& ends);
  /// How deep to fetch what is not here at all.
  std::vector<std::string> depth_of_new() const;
  Answer fetch(const std::string& from, std::vector<std::string> words) const;
  std::chrono::milliseconds time_left() const;
  [[noreturn]] void refuse(const std::string& why) const;

  Git git_;
  const Pipeline& pipeline_;
  Fetching fetching_;
  std::chrono::steady_clock::time_point end_;
  std::size_t step_ = 0;
};

}  // namespace modelgate
