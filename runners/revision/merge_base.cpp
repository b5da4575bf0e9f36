#include "runners/revision/merge_base.h"

#include <algorithm>
#include <sstream>

#include "runners/revision/history.h"
#include "runners/revision/target.h"
#include "runners/revision/working_copy.h"
#include "schemas/documents/branch_name.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

// A walk through a history costs a second for a million commits; a baseline that lies further back than this
// says little of a change.
constexpr int most_commits = 20000;

// Of several that the store has, so many of the newest are looked at to find the nearest.
constexpr std::size_t most_candidates = 20;

Git git_around(const fs::path& folder) {
  const WorkingCopyPlace place = working_copy_place(folder);
  if (place.system == VersionControl::git) return Git(place.root);
  throw infrastructure_error(
      folder.string(),
      place.system == VersionControl::none
          ? "is in no working copy, so that there is no merge base"
          : "is in a working copy of " + name_of(place.system) + ", and merge bases are known of Git alone",
      "Name the baseline: --baseline latest, a version, or branch:NAME.");
}

std::vector<std::string> commits_in(const std::string& text) {
  std::vector<std::string> all;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (is_full_commit(line)) all.push_back(line);
  return all;
}

std::string head_of(const Git& git) {
  const std::string said = git.require({"rev-parse", "--verify", "HEAD"}, "there is no commit yet");
  const std::string head = said.substr(0, said.find_last_not_of("\r\n") + 1);
  if (!is_full_commit(head)) throw infrastructure_error(git.root().string(), "HEAD is no commit");
  return head;
}

/// All merge bases of the two, the best first.
std::vector<std::string> common_to(History& history, const std::string& head, const std::string& tip) {
  std::vector<std::string> bases;
  history.settle([&] {
    const Answer answer = history.git().ask({"merge-base", "--all", head, tip}, {std::chrono::seconds(120)});
    bases = commits_in(answer.text);
    // Without any it says nothing and exits with 1.
    if (!answer.succeeded && !(answer.exit_code == 1 && answer.errors.empty()))
      throw infrastructure_error(history.git().root().string(),
                                 "the merge base cannot be told: " + answer.problem);
    std::vector<std::string> between = {head, tip};
    for (const std::string& base : bases) between.push_back("^" + base);
    between.push_back("--");
    return history.open_ends(between);
  });
  return bases;
}

/// What lies before HEAD.
std::string parent_of_head(const History& history, const std::string& head, const std::string& target) {
  const std::vector<std::string> parents = history.parents(head);
  if (parents.empty())
    throw infrastructure_error(history.git().root().string(),
                               "HEAD is the first commit of " + target + ", and nothing lies before it",
                               "Name the baseline: --baseline latest, a version, or branch:NAME.");
  return parents.front();
}

}  // namespace

MergeBase merge_base(const fs::path& folder, const Pipeline& pipeline, const std::string& target,
                     const Fetching& fetching) {
  if (!target.empty() && !is_branch_name(target))
    throw usage_error("", "'" + target.substr(0, 80) + "' is no name of a branch");
  History history(git_around(folder), pipeline, fetching);
  const std::string head = head_of(history.git());
  const Target tip = find_target(history, head, target);
  if (tip.is_parent_of_head) {
    history.require_commit(tip.commit);
    return {tip.commit, tip.name, false, tip.note};
  }
  const std::vector<std::string> bases = common_to(history, head, tip.commit);
  if (bases.empty())
    throw infrastructure_error(history.git().root().string(),
                               "HEAD and " + tip.name + " have no commit in common",
                               "Is it the right branch? Name another: --baseline merge-base:BRANCH.");
  MergeBase base{bases.front(), tip.name, false, tip.note};
  const auto add_note = [&](const std::string& sentence) {
    base.note += (base.note.empty() ? "" : " ") + sentence;
  };
  if (bases.size() > 1)
    add_note("HEAD and " + tip.name + " have " + std::to_string(bases.size()) + " merge bases, of which " +
             base.commit.substr(0, 12) + " was taken.");
  if (base.commit != head) return base;
  const bool is_somebodys_work = pipeline.platform == Pipeline::Platform::none;
  if (is_somebodys_work && read_working_copy(folder).modified) return base;
  base.commit = parent_of_head(history, head, tip.name);
  history.require_commit(base.commit);
  base.is_before_head = true;
  add_note("HEAD is on " + tip.name + " itself: the commit before it, " + base.commit.substr(0, 12) +
           ", was taken.");
  return base;
}

std::optional<Ancestor> nearest_ancestor(const fs::path& folder, const Pipeline& pipeline,
                                         const std::string& start, const std::set<std::string>& commits,
                                         const Fetching& fetching) {
  if (commits.contains(start)) return Ancestor{start, 0};
  if (commits.empty()) return std::nullopt;
  History history(git_around(folder), pipeline, fetching);
  history.require_commit(start);
  const AskingLimits limits{std::chrono::seconds(120), 8 << 20};
  const auto walked = [&](const std::vector<std::string>& words) {
    std::vector<std::string> all = {"rev-list", "--max-count=" + std::to_string(most_commits)};
    all.insert(all.end(), words.begin(), words.end());
    all.push_back("--");
    return commits_in(history.git().require(
        all, "the commits before " + start.substr(0, 12) + " cannot be listed", limits));
  };
  std::optional<Ancestor> nearest;
  history.settle([&] {
    nearest.reset();
    std::size_t looked_at = 0;
    // Descendants come before their ancestors, so that the nearest is among the first.
    const std::vector<std::string> past = walked({"--topo-order", start});
    for (const std::string& commit : past) {
      if (!commits.contains(commit) || ++looked_at > most_candidates) continue;
      const auto behind = static_cast<std::int64_t>(walked({start, "^" + commit}).size());
      if (!nearest || behind < nearest->behind) nearest = Ancestor{commit, behind};
    }
    // What is further back is not looked at, wherever the clone ends.
    if (!nearest && past.size() == most_commits) return std::vector<std::string>{};
    return history.open_ends(nearest ? std::vector<std::string>{start, "^" + nearest->commit, "--"}
                                     : std::vector<std::string>{start, "--"});
  });
  return nearest;
}

std::string full_commit(const fs::path& folder, const std::string& commit) {
  constexpr std::size_t shortest = 7;
  if (is_full_commit(commit)) return commit;
  if (commit.size() < shortest || commit.size() > 64 ||
      commit.find_first_not_of("0123456789abcdef") != std::string::npos)
    return "";
  const WorkingCopyPlace place = working_copy_place(folder);
  return place.system == VersionControl::git ? Git(place.root).commit(commit) : "";
}

}  // namespace modelgate
