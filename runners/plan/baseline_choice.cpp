#include "runners/plan/baseline_choice.h"

#include <algorithm>
#include <map>

#include "runners/plan/programs.h"
#include "runners/process/process.h"
#include "runners/revision/merge_base.h"
#include "schemas/documents/node.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

std::string short_name(const std::string& commit) { return commit.substr(0, 12); }

std::string counted(std::size_t count, const std::string& word) {
  return std::to_string(count) + " " + word + (count == 1 ? "" : "s");
}

std::vector<StoredVersion> versions_of(const Plan& plan) {
  const std::string store = (plan.folder / plan.store).lexically_normal().string();
  ProcessSpec spec;
  spec.argv = {require_program("modelgate-baseline").string(), "list", "--json", "--store", store};
  spec.kept_bytes = maximum_document_bytes;
  const ProcessOutcome outcome = run_process(spec);
  if (outcome.succeeded()) return stored_versions(outcome.out.text);
  std::string words = printable(outcome.err.text.substr(0, outcome.err.text.find('\n')));
  const std::string opening = "modelgate-baseline: error: ";
  if (words.starts_with(opening)) words.erase(0, opening.size());
  throw infrastructure_error(
      "",
      "looking for the baseline failed: " +
          (words.empty() ? "modelgate-baseline " + outcome.sentence() : words),
      "If nothing has been released yet, say --first-release: it is judged by absolute "
      "limits alone.");
}

/// The versions by their commits in full; those without one are counted.
std::map<std::string, std::vector<StoredVersion>> by_commit(const std::vector<StoredVersion>& versions,
                                                            const Plan& plan, std::size_t& unknown) {
  std::map<std::string, std::vector<StoredVersion>> found;
  for (const StoredVersion& version : versions) {
    const std::string commit = full_commit(plan.folder, version.commit);
    if (commit.empty())
      ++unknown;
    else
      found[commit].push_back(version);
  }
  return found;
}

/// A release rather than a green; of several the highest.
const StoredVersion& best_of(const std::vector<StoredVersion>& versions) {
  const auto release = std::find_if(versions.rbegin(), versions.rend(),
                                    [](const StoredVersion& version) { return version.is_released; });
  return release == versions.rend() ? versions.back() : *release;
}

}  // namespace

std::vector<StoredVersion> stored_versions(const std::string& listing) {
  try {
    std::vector<StoredVersion> versions;
    Fields all(parse_json(listing, "modelgate-baseline list --json"));
    for (const Node& node : all.required("versions").items()) {
      Fields fields(node);
      const std::string state = fields.text("state");
      if (state == "saved") continue;
      versions.push_back({fields.text("version"), fields.text("commit"), state == "released"});
    }
    return versions;
  } catch (const Error& error) {
    throw infrastructure_error(error.where(), error.message(), error.hint());
  }
}

BaselineChoice choose_baseline(const BaselineWish& wish, const Plan& plan, const Pipeline& pipeline,
                               const Fetching& fetching) {
  if (wish.kind != BaselineWish::Kind::merge_base) return {wish.text(), "", {}};
  const std::vector<StoredVersion> versions = versions_of(plan);
  if (versions.empty())
    throw infrastructure_error(
        "", "nothing is released and nothing is green yet, so that there is no baseline",
        "If nothing has been released yet, say --first-release: it is judged by absolute "
        "limits alone.");
  const MergeBase base = merge_base(plan.folder, pipeline, wish.name, fetching);
  std::size_t unknown = 0;
  const auto known = by_commit(versions, plan, unknown);
  std::set<std::string> commits;
  for (const auto& entry : known) commits.insert(entry.first);
  const auto nearest = nearest_ancestor(plan.folder, pipeline, base.commit, commits, fetching);
  if (!nearest)
    throw infrastructure_error(
        "",
        "of the merge base " + short_name(base.commit) + " with " + base.target +
            ", and of what lies before it, no release or green is in the store" +
            (unknown == 0 ? "" : "; the commit of " + counted(unknown, "version") + " is not known"),
        "Save versions with --commit and mark them: `modelgate-baseline green`; or name the baseline: "
        "--baseline latest.");
  BaselineChoice choice{best_of(known.at(nearest->commit)).version, base.commit, {}};
  if (!base.note.empty()) choice.notes.push_back("the baseline: " + base.note);
  if (nearest->behind > 0)
    choice.notes.push_back("the baseline " + choice.version + " is " +
                           counted(static_cast<std::size_t>(nearest->behind), "commit") +
                           " behind the merge base " + short_name(base.commit) + " with " + base.target +
                           ": it is the nearest that the store has");
  return choice;
}

}  // namespace modelgate
