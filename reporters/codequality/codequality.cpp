#include "reporters/codequality/codequality.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "reporters/wording/checks.h"
#include "reporters/wording/numbers.h"
#include "reporters/wording/source_place.h"
#include "reporters/wording/text.h"
#include "schemas/documents/manifest.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t longest_description = 1000, longest_name = 200;

/// What identifies a check whatever became of it, in hexadecimal digits.
std::string fingerprint_of(const std::string& identity) {
  const std::string digest = digest_of_bytes(identity);
  return digest.substr(digest.find(':') + 1);
}

Json finding(const std::string& description, const std::string& check_name, const std::string& fingerprint,
             const char* severity, const std::string& path, std::int64_t line) {
  return {{"description", beginning(shown(description), longest_description)},
          {"check_name", beginning(shown(check_name), longest_name)},
          {"fingerprint", fingerprint},
          {"severity", severity},
          {"location", {{"path", path}, {"lines", {{"begin", std::max<std::int64_t>(line, 1)}}}}}};
}

class Findings {
 public:
  explicit Findings(const CodequalityStyle& style) : style_(style) {}

  void add(const Check& check) {
    const std::string path = path_below(style_.root, check);
    std::string description = check.gate + ": " + name_with_slice(check) + ": " + sentence_beside_name(check);
    if (!check.needs.empty()) description += ". Needs: " + check.needs;
    const char* severity = check.status == Status::fail ? "blocker" : "critical";
    all_.push_back(finding(description, "modelgate/" + check.gate, unique(check), severity,
                           path.empty() ? style_.plan : path, path.empty() ? 1 : check.line));
  }

  void add(const std::string& description, const std::string& identity) {
    all_.push_back(finding(description, "modelgate", fingerprint_of(identity), "critical", style_.plan, 1));
  }

  std::string text() const { return all_.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

 private:
  /// Of two findings of one fingerprint GitLab keeps one.
  std::string unique(const Check& check) {
    const std::string identity = check.gate + '\0' + name_with_slice(check);
    std::string fingerprint = fingerprint_of(identity);
    for (std::size_t count = 2; !fingerprints_.insert(fingerprint).second; ++count)
      fingerprint = fingerprint_of(identity + '\0' + std::to_string(count));
    return fingerprint;
  }

  const CodequalityStyle& style_;
  Json all_ = Json::array();
  std::set<std::string> fingerprints_;
};

}  // namespace

std::string codequality_json(const Verdict& verdict, const CodequalityStyle& style) {
  Findings findings(style);
  const Outcome outcome = outcome_of(verdict);
  std::vector<const Check*> red;
  for (const Check* check : in_order(verdict.checks))
    if (standing_of(*check) <= Standing::error) red.push_back(check);
  const std::size_t most = std::max<std::size_t>(style.most_findings, 2);
  if (!outcome.contradiction.empty()) findings.add(outcome.contradiction, "contradiction");
  const std::size_t places = most - (outcome.contradiction.empty() ? 0 : 1);
  const std::size_t told = red.size() <= places ? red.size() : places - 1;
  for (std::size_t i = 0; i < told; ++i) findings.add(*red[i]);
  if (told < red.size())
    findings.add(counted(red.size() - told, "more check does not pass", "more checks do not pass") +
                     "; the verdict document has them all",
                 "left out");
  // A verdict that is red without a check that is would look clean.
  if (red.empty() && outcome.contradiction.empty() &&
      (outcome.status == Status::fail || outcome.status == Status::error))
    findings.add(verdict.sentence, "verdict");
  return findings.text();
}

}  // namespace modelgate
