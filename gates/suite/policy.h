#pragma once

#include <string>

#include "schemas/documents/plan.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// What whoever starts the suite says about checks that cannot be decided.
struct PolicyFacts {
  std::string asked;        ///< "block" or "warn", which stands above the plan; empty: not asked for.
  std::string branch, tag;  ///< Where the change is to go; both empty: not known.
};

/// What inconclusive checks do: what was asked for, else what the plan says, else by where the change is to
/// go. A release branch, a tag, and a branch that is not known block.
InconclusivePolicy policy_of(const Plan& plan, const PolicyFacts& facts);

/// Puts the policy into the verdict, and into its sentence if it is inconclusive.
void apply_policy(Verdict& verdict, const InconclusivePolicy& policy);

}  // namespace modelgate
