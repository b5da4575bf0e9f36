#include "runners/plan/changed.h"

#include <algorithm>
#include <map>
#include <set>

#include "runners/plan/concerned.h"
#include "runners/recording/recording.h"
#include "runners/revision/changed_files.h"
#include "runners/revision/merge_base.h"
#include "runners/revision/repository.h"
#include "runners/revision/working_copy.h"
#include "schemas/documents/manifest.h"
#include "schemas/tool/error.h"
#include "schemas/tool/suggestion.h"
#include "schemas/tool/tool.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

Concerns concerns_of(const Undertaking& all) {
  return {all.plan,
          all.plan_file,
          all.comparison.candidate_folder,
          {all.results.root, all.plan.folder / ".modelgate",
           (all.plan.folder / all.plan.store).lexically_normal()}};
}

WorkingCopyPlace git_around(const Undertaking& all) {
  const WorkingCopyPlace copy = working_copy_place(all.plan.folder);
  if (copy.system != VersionControl::git)
    throw usage_error("--changed",
                      all.plan.folder.string() + " is in no Git working copy, so nothing tells what changed",
                      "Leave it out; --only chooses gates, too.");
  return copy;
}

/// The gates that judge by what Git does not look at: it says nothing of its changes.
std::set<std::string> gates_of_unseen(const Concerns& concerns, const fs::path& root) {
  std::set<std::string> gates;
  for (const Concerns::Named& one : concerns.named())
    if (is_unseen(root, one.path)) gates.insert(one.gates.begin(), one.gates.end());
  return gates;
}

std::string counted(std::size_t count) { return count == 1 ? "one file" : std::to_string(count) + " files"; }

void leave(const std::set<std::string>& gates, Undertaking& all) {
  std::erase_if(all.gates, [&](const PlanGate& gate) { return !gates.contains(gate.name); });
  all.only.clear();
  for (const PlanGate& gate : all.gates) all.only.push_back(gate.name);
  all.runs = needed_runs(all.plan, all.gates);
}

std::string names_of(const std::vector<PlanGate>& gates) {
  std::vector<std::string> names;
  for (const PlanGate& gate : gates) names.push_back(gate.name);
  return listing(names);
}

/// The file's or folder's content; nothing if it cannot be read.
std::optional<std::string> content_of(const fs::path& path) {
  try {
    std::error_code failure;
    const fs::file_status status = fs::status(path, failure);
    if (status.type() == fs::file_type::not_found) return "gone";
    return fs::is_directory(status) ? digest_of(list_files(path)) : digest_of_file(path);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

std::string choose_by_changes(Undertaking& all) {
  const fs::path root = git_around(all).root;
  const Concerns concerns = concerns_of(all);
  std::string base;
  std::vector<std::string> files;
  std::set<std::string> unseen;
  try {
    // Only in CI something is fetched: a push shall not wait for that.
    base = merge_base(all.plan.folder, all.pipeline, "",
                      Fetching{all.pipeline.platform != Pipeline::Platform::none, all.options.fetch_seconds})
               .commit;
    files = changed_files(root, base);
    unseen = gates_of_unseen(concerns, root);
    all.record.merge_base = base;
  } catch (const Error& error) {
    all.notes.push_back("every gate was judged, because what changed could not be told: " + error.message());
    return all.notes.back();
  }
  const std::string since = "since " + base.substr(0, 12);
  std::set<std::string> gates;
  for (const std::string& file : files) gates.merge(concerns.gates_of((root / file).lexically_normal()));
  const bool is_more_unseen = !std::includes(gates.begin(), gates.end(), unseen.begin(), unseen.end());
  gates.merge(unseen);
  const std::size_t asked = all.gates.size();
  leave(gates, all);
  if (all.gates.empty())
    return "nothing that concerns a gate changed " + since + " (" + counted(files.size()) + ")";
  const std::string chosen =
      counted(files.size()) + " changed " + since +
      (is_more_unseen ? ", and Git does not see all of what is judged: that may concern "
                      : ", which concerns ") +
      names_of(all.gates);
  if (all.gates.size() < asked) all.notes.push_back(chosen + " and no other gate that was asked for");
  return chosen;
}

std::optional<std::string> state_of(const Undertaking& all) {
  const fs::path root = git_around(all).root;
  const Concerns concerns = concerns_of(all);
  std::string text = product_version() + "\n" + all.plan.digest + "\n" + all.comparison.candidate.digest +
                     "\n" +
                     (all.comparison.first_release ? "first release" : all.comparison.baseline.digest) + "\n";
  text += all.comparison.candidate.version + "\n" + all.comparison.baseline.version + "\n";
  for (const PlanGate& gate : all.gates) text += gate.name + "\n";
  for (const std::string& option : all.suite_options) text += option + "\n";
  text += all.options.fail_on_flaky ? "fail on flaky\n" : "";
  for (const auto& [key, value] : environment_fingerprint()) text += key + "=" + value + "\n";
  try {
    // Whether it is committed makes no difference.
    std::map<std::string, std::string> files = files_of_head(root);
    const std::vector<std::string> changed = changed_files(root, commit_at_head(root));
    for (const std::string& file : changed) files.erase(file);
    files.merge(files_as_they_are(root, changed));
    std::vector<std::string> links;
    for (const auto& [file, object] : files) {
      if (!concerns.concerns_any((root / file).lexically_normal())) continue;
      if (object.empty()) return std::nullopt;
      if (is_link(object)) links.push_back(file);
      text += file + '\0' + object + '\n';
    }
    // Of a link Git knows where it leads, and not what is there.
    if (lead_out_of_sight(root, links)) return std::nullopt;
    for (const auto& [path, gates] : concerns.named()) {
      if (path == all.comparison.candidate_folder || !is_unseen(root, path)) continue;
      const auto content = content_of(path);
      if (!content) return std::nullopt;
      text += path.string() + '\0' + *content + '\n';
    }
  } catch (const Error&) {
    return std::nullopt;
  }
  return digest_of_bytes(text);
}

}  // namespace modelgate
