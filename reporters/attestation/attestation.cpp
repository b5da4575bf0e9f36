#include "reporters/attestation/attestation.h"

#include <nlohmann/json.hpp>

#include "reporters/wording/checks.h"
#include "reporters/wording/text.h"
#include "schemas/documents/status_code.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view algorithm = "sha256:";

/// in-toto's ResourceDescriptor; of what has no digest there is none.
void describe(Json& configuration, const std::string& name, const std::string& digest) {
  if (!digest.starts_with(algorithm)) return;
  configuration.push_back({{"name", name}, {"digest", {{"sha256", digest.substr(algorithm.size())}}}});
}

/// As for a release: who reads PASSED asks for nothing more.
void expect_whole(const Verdict& verdict) {
  const std::string hint =
      "Attest the verdict of 'modelgate run' or 'modelgate merge' over all gates of the plan.";
  if (verdict.gate != "suite" || verdict.plan_digest.empty())
    throw usage_error(
        "", "this is the verdict of the gate '" + beginning(verdict.gate) + "', not that of a whole plan",
        hint);
  if (!verdict.left_out.empty())
    throw usage_error("", "the verdict leaves out gates of the plan: " + printable(listing(verdict.left_out)),
                      hint);
  if (!verdict.candidate.digest.starts_with(algorithm))
    throw usage_error("", "the verdict does not say which files it judged, so there is nothing to attest",
                      hint);
}

}  // namespace

std::string test_result_predicate(const Verdict& verdict, const std::string& url) {
  expect_whole(verdict);
  const Outcome outcome = outcome_of(verdict);
  const bool warns = outcome.contradiction.empty() && only_warns(verdict);
  Json passed = Json::array(), warned = Json::array(), failed = Json::array();
  for (const Check& check : verdict.checks) {
    const std::string name = shown(check.gate) + ": " + shown(name_with_slice(check));
    switch (standing_of(check)) {
      case Standing::pass:
      case Standing::better:
        passed.push_back(name);
        break;
      case Standing::waived:
      case Standing::flaky:
        warned.push_back(name);
        break;
      case Standing::inconclusive:
        (warns ? warned : failed).push_back(name);
        break;
      case Standing::fail:
      case Standing::error:
        failed.push_back(name);
        break;
      case Standing::not_compared:
        break;
    }
  }
  const bool lets_through = (outcome.status == Status::pass && outcome.contradiction.empty()) || warns;
  Json predicate;
  predicate["result"] = !lets_through ? "FAILED" : warned.empty() ? "PASSED" : "WARNED";
  predicate["configuration"] = Json::array();
  describe(predicate["configuration"], "plan", verdict.plan_digest);
  if (verdict.baseline)
    describe(predicate["configuration"], "baseline " + shown(subject_text(*verdict.baseline)),
             verdict.baseline->digest);
  if (!url.empty()) predicate["url"] = url;
  predicate["passedTests"] = passed;
  predicate["warnedTests"] = warned;
  predicate["failedTests"] = failed;
  return predicate.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace modelgate
