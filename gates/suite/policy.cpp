#include "gates/suite/policy.h"

#include <fnmatch.h>

#include <algorithm>

#include "schemas/documents/status_code.h"

namespace modelgate {

InconclusivePolicy policy_of(const Plan& plan, const PolicyFacts& facts) {
  using enum InconclusiveAction;
  if (facts.asked == "warn") return {warn, "--inconclusive warn was given"};
  if (!facts.asked.empty()) return {block, "--inconclusive block was given"};
  if (plan.inconclusive) return {*plan.inconclusive, "the plan says so"};
  if (!facts.tag.empty()) return {block, "tag " + facts.tag + " is a release"};
  if (facts.branch.empty()) return {block, "it is not known for which branch the change is"};
  // A '*' meets '/' too: release/* means all that begins so.
  const auto pattern = std::find_if(
      plan.release_branches.begin(), plan.release_branches.end(),
      [&](const std::string& one) { return ::fnmatch(one.c_str(), facts.branch.c_str(), 0) == 0; });
  if (pattern != plan.release_branches.end())
    return {block, "branch " + facts.branch + " is a release branch (" + *pattern + ")"};
  return {warn, "branch " + facts.branch + " is no release branch"};
}

void apply_policy(Verdict& verdict, const InconclusivePolicy& policy) {
  verdict.inconclusive = policy;
  if (verdict.status != Status::inconclusive) return;
  if (only_warns(verdict))
    verdict.sentence += "; this does not block: " + policy.because;
  else if (policy.action == InconclusiveAction::warn)
    verdict.sentence += "; this blocks: no check passes";
  else
    verdict.sentence += "; this blocks: " + policy.because;
}

}  // namespace modelgate
