#include "runners/plan/destination.h"

#include <algorithm>
#include <optional>

#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

/// What git check-ref-format allows, as far as a name that it does not could mislead us or a reader.
bool is_branch_name(const std::string& name) {
  constexpr std::size_t longest = 250;
  if (name.empty() || name.size() > longest || !is_printable(name)) return false;
  if (name.find_first_of(" ~^:?*[\\") != std::string::npos) return false;
  if (name.starts_with("-") || name.starts_with("refs/") || name.ends_with("/")) return false;
  // ".invalid" is what HEAD holds where the branches lie in a reftable.
  for (const char* part : {"/.", "..", "//", "@{"})
    if (name.find(part) != std::string::npos) return false;
  return !name.starts_with(".") && !name.starts_with("/");
}

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

}  // namespace

fs::path working_copy_of(const fs::path& folder) {
  std::error_code failure;
  for (fs::path at = fs::absolute(folder, failure).lexically_normal(); !failure; at = at.parent_path()) {
    if (fs::exists(fs::symlink_status(at / ".git", failure))) return at;
    if (at == at.parent_path()) break;
    failure.clear();
  }
  return {};
}

std::string current_branch(const fs::path& folder) {
  const fs::path copy = working_copy_of(folder);
  if (copy.empty()) return "";
  fs::path repository = copy / ".git";
  std::error_code failure;
  if (!fs::is_directory(repository, failure)) {
    // Of a further worktree, or a submodule.
    const std::string elsewhere = after("gitdir:", small_text(repository));
    if (elsewhere.empty() || elsewhere.find('\0') != std::string::npos) return "";
    repository = copy / elsewhere;
  }
  const std::string head = after("ref:", small_text(repository / "HEAD"));
  const std::string branch = after("refs/heads/", head);
  return is_branch_name(branch) ? branch : "";
}

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
