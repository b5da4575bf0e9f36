#include "runners/plan/destination.h"

#include <optional>

#include "runners/revision/working_copy.h"
#include "schemas/documents/branch_name.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

Destination to_branch(const std::string& name) { return {is_branch_name(name) ? name : "", ""}; }
Destination to_tag(const std::string& name) {
  return {"", is_printable(name) ? beginning(name, 250) : "(tag)"};
}

std::optional<Destination> by_gitlab(const Variables& variables) {
  for (const char* target :
       {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME"})
    if (const std::string name = variables(target); !name.empty()) return to_branch(name);
  // Its source, which CI_COMMIT_REF_NAME is then, says nothing.
  if (!variables("CI_MERGE_REQUEST_IID").empty()) return Destination{};
  if (const std::string name = variables("CI_COMMIT_TAG"); !name.empty()) return to_tag(name);
  for (const char* variable : {"CI_COMMIT_BRANCH", "CI_COMMIT_REF_NAME"})
    if (const std::string name = variables(variable); !name.empty()) return to_branch(name);
  return std::nullopt;
}

/// "gh-readonly-queue/release/2/pr-12-0a1b…" is for release/2.
Destination of_merge_queue(const std::string& name, std::size_t base) {
  const std::size_t end = name.rfind("/pr-");
  return end == std::string::npos || end < base ? Destination{} : to_branch(name.substr(base, end - base));
}

std::optional<Destination> by_github(const Variables& variables) {
  constexpr std::string_view queue = "gh-readonly-queue/";
  if (const std::string base = variables("GITHUB_BASE_REF"); !base.empty()) return to_branch(base);
  const std::string name = variables("GITHUB_REF_NAME"), ref = variables("GITHUB_REF");
  if (name.empty()) return std::nullopt;
  if (variables("GITHUB_REF_TYPE") == "tag" || ref.starts_with("refs/tags/")) return to_tag(name);
  if (name.starts_with(queue)) return of_merge_queue(name, queue.size());
  // "12/merge", of an event that does not say into which branch the pull request goes.
  const bool of_pull_request =
      ref.starts_with("refs/pull/") ||
      (name.ends_with("/merge") && name.find_first_not_of("0123456789") == name.size() - 6);
  return of_pull_request ? Destination{} : to_branch(name);
}

}  // namespace

Destination destination_of(const fs::path& folder, const Variables& variables) {
  const bool on_github = variables("GITHUB_ACTIONS") == "true" && variables("GITLAB_CI").empty();
  const auto first = on_github ? by_github(variables) : by_gitlab(variables);
  if (first) return *first;
  const auto second = on_github ? by_gitlab(variables) : by_github(variables);
  if (second) return *second;
  return {current_branch(folder), ""};
}

std::vector<std::string> options_of(const Destination& destination) {
  if (!destination.tag.empty()) return {"--tag=" + destination.tag};
  if (!destination.branch.empty()) return {"--branch=" + destination.branch};
  return {};
}

}  // namespace modelgate
