#include "runners/plan/candidate.h"

#include <vector>

#include "schemas/documents/manifest.h"
#include "schemas/tool/error.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view placeholder = "{candidate}";

/// The folders that could have been meant instead of `missing`.
std::vector<std::string> neighbours_of(const fs::path& missing) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (fs::directory_iterator entry(missing.parent_path(), ignored), end; !ignored && entry != end;
       entry.increment(ignored))
    if (entry->is_directory()) names.push_back(entry->path().filename().string());
  return names;
}

}  // namespace

std::string candidate_name(const Plan& plan, const std::string& asked) {
  const bool has_place = plan.candidate.find(placeholder) != std::string::npos;
  if (!has_place) {
    if (!asked.empty())
      throw usage_error("--candidate",
                        "the plan has one candidate, " + plan.candidate + ", and takes no name",
                        "Write {candidate} into the plan's 'candidate' to choose among several.");
    return "";
  }
  const std::string name = asked.empty() ? plan.default_candidate : asked;
  if (name.empty())
    throw usage_error("--candidate", "the plan needs the candidate's name",
                      "Give --candidate NAME, or 'default_candidate' in the plan.");
  if (!is_safe_name(name))
    throw usage_error("--candidate", "'" + name + "' cannot be a name",
                      "Use letters, digits, '.', '_', '+' and '-'.");
  return name;
}

fs::path candidate_folder(const Plan& plan, const std::string& name) {
  std::string folder = plan.candidate;
  if (const auto at = folder.find(placeholder); at != std::string::npos)
    folder.replace(at, placeholder.size(), name);
  const fs::path path = (plan.folder / folder).lexically_normal();
  std::error_code failure;
  if (fs::is_directory(path, failure)) return path;
  const std::vector<std::string> neighbours = name.empty() ? std::vector<std::string>{} : neighbours_of(path);
  const std::string near = did_you_mean(name, neighbours);
  throw usage_error("--candidate", "there is no candidate at " + path.string(),
                    !near.empty()         ? near
                    : !neighbours.empty() ? "There are " + listing(neighbours) + "."
                                          : "Build it first, or correct 'candidate' in the plan.");
}

}  // namespace modelgate
