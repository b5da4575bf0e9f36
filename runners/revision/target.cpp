#include "runners/revision/target.h"

#include <algorithm>
#include <optional>
#include <sstream>

#include "runners/revision/working_copy.h"
#include "schemas/documents/branch_name.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

std::string short_name(const std::string& commit) { return commit.substr(0, 12); }

/// The branches that are here, of the remote and our own, for "did you mean".
std::vector<std::string> known_branches(const History& history, const std::string& remote) {
  std::vector<std::string> names;
  std::istringstream lines(
      history.git()
          .ask({"for-each-ref", "--count=1000", "--format=%(refname)", "refs/heads", "refs/remotes"})
          .text);
  for (std::string line; std::getline(lines, line);)
    for (const std::string& place : {std::string("refs/heads/"), "refs/remotes/" + remote + "/"})
      if (line.starts_with(place)) names.push_back(line.substr(place.size()));
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

/// In CI the remote's branch is looked up, because what an earlier job left may be old; on a person's machine
/// what is here counts, and nothing waits for a network.
Target tip_of(History& history, const std::string& branch) {
  const std::string remote = history.remote();
  const std::string tracked = "refs/remotes/" + remote + "/" + branch;
  const bool in_ci = history.pipeline().platform != Pipeline::Platform::none;
  std::string commit = remote.empty() ? "" : history.git().commit(tracked), problem, note;
  if (!remote.empty() && history.may_fetch() && (in_ci || commit.empty())) {
    problem = history.fetch_branch(branch);
    if (!problem.empty() && !commit.empty())
      note = remote + "/" + branch + " is as it was fetched before, and not looked up: " + problem + ".";
    commit = history.git().commit(tracked);
  }
  if (!commit.empty()) return {commit, remote + "/" + branch, note, false};
  commit = history.git().commit("refs/heads/" + branch);
  if (!commit.empty()) {
    if (!remote.empty())
      note = "The branch " + branch + " of this clone was taken: " + remote + "/" + branch + " is not here.";
    return {commit, branch, note, false};
  }
  const std::string near = did_you_mean(branch, known_branches(history, remote));
  throw infrastructure_error(history.git().root().string(),
                             "the branch " + branch + " is not here" +
                                 (problem.empty() ? "" : ", and could not be fetched: " + problem),
                             !near.empty()    ? near
                             : remote.empty() ? "Name another: --baseline merge-base:BRANCH."
                                              : "git fetch " + remote + " " + branch +
                                                    ", or name another: --baseline merge-base:BRANCH.");
}

/// The branch into which changes go where nobody says: the project's or the remote's own, else the one that
/// is called so.
std::string default_branch(History& history) {
  if (const std::string& name = history.pipeline().default_branch; !name.empty()) return name;
  const std::string remote = history.remote();
  const std::string place = "refs/remotes/" + remote + "/";
  if (!remote.empty()) {
    const std::string head = history.git().ask({"symbolic-ref", "--quiet", place + "HEAD"}).line();
    if (head.starts_with(place) && is_branch_name(head.substr(place.size())))
      return head.substr(place.size());
  }
  const auto called_so = [&](const std::string& where) {
    std::vector<std::string> found;
    for (const char* name : {"main", "master"})
      if (!history.git().commit(where + name).empty()) found.push_back(name);
    return found.size() == 1 ? found.front() : "";
  };
  const bool in_ci = history.pipeline().platform != Pipeline::Platform::none;
  if (!in_ci && !remote.empty())
    if (const std::string name = called_so(place); !name.empty()) return name;
  if (const std::string name = history.remote_default_branch(); !name.empty()) return name;
  if (!remote.empty())
    if (const std::string name = called_so(place); !name.empty()) return name;
  if (const std::string name = called_so("refs/heads/"); !name.empty()) return name;
  throw infrastructure_error(history.git().root().string(),
                             "it is not known into which branch the change is to go",
                             "Name it: --baseline merge-base:BRANCH.");
}

/// The commit of the target that CI names, or that HEAD merges the change into.
std::optional<Target> pinned(History& history, const std::string& head) {
  const Pipeline& pipeline = history.pipeline();
  const std::string name = pipeline.target.empty() ? "the target" : pipeline.target;
  // What is checked out may be something else than what the pipeline is for.
  const bool is_what_ci_checked_out = pipeline.commit.empty() || pipeline.commit == head;
  if (pipeline.merged_result && is_what_ci_checked_out) {
    const std::vector<std::string> parents = history.parents(head);
    if (parents.size() == 2 && (pipeline.head_commit.empty() || pipeline.head_commit == parents[1]))
      return Target{parents[0], name + " at " + short_name(parents[0]), "", true};
  }
  for (const std::string& commit : {pipeline.target_commit, pipeline.base_commit}) {
    if (!is_full_commit(commit) || !history.fetch_commit(commit).empty()) continue;
    return Target{commit, name + " at " + short_name(commit), "", false};
  }
  return std::nullopt;
}

}  // namespace

Target find_target(History& history, const std::string& head, const std::string& asked_branch) {
  const std::string& named = history.pipeline().target;
  if (!asked_branch.empty() && asked_branch != named) return tip_of(history, asked_branch);
  if (auto target = pinned(history, head)) return *target;
  if (is_branch_name(named)) return tip_of(history, named);
  return tip_of(history, default_branch(history));
}

}  // namespace modelgate
