// Times of two machines are not compared: what is called a regression could be the other machine.

#include <fnmatch.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "gates/performance/performance.h"
#include "gates/performance/wording.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

std::string told(const std::map<std::string, std::string>& environment, const std::string& field) {
  const auto found = environment.find(field);
  return found == environment.end() ? "not told" : "'" + found->second + "'";
}

}  // namespace

std::optional<Check> environment_check(const Measurements& baseline, const Measurements& candidate,
                                       const std::vector<std::string>& may_differ, const Verdict& verdict) {
  // Somebody else's format may tell nothing of the machine.
  if (baseline.environment.empty() && candidate.environment.empty()) return std::nullopt;
  std::set<std::string> fields;
  for (const auto* environment : {&baseline.environment, &candidate.environment})
    for (const auto& entry : *environment) fields.insert(entry.first);
  std::vector<std::string> names;
  std::string differences;
  for (const std::string& field : fields) {
    const std::string before = told(baseline.environment, field), now = told(candidate.environment, field);
    if (before == now || std::any_of(may_differ.begin(), may_differ.end(), [&](const std::string& pattern) {
          return ::fnmatch(pattern.c_str(), field.c_str(), 0) == 0;
        }))
      continue;
    names.push_back(field);
    differences += (differences.empty() ? "" : "; ") + field + " " + before + " and " + now;
  }
  if (names.empty()) return std::nullopt;
  return error_check(new_check({"environment", "of the measurements"}, verdict), "environment_differs",
                     "baseline and candidate were measured in different environments: " + differences,
                     "a measurement of the baseline's files on this machine, as `modelgate run` makes it, "
                     "or, if it does not matter, "
                     "--may-differ " +
                         listing(names));
}

}  // namespace modelgate
