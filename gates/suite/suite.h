#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gates/suite/policy.h"
#include "schemas/documents/plan.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// What the suite expects, besides the plan.
struct Expectation {
  std::vector<std::string> only;  ///< Gates asked for; empty: all of the plan.
  Subject candidate;              ///< Its digest, if there is one, must be that of every verdict.
  Subject baseline;               ///< Likewise.
  bool first_release = false;
  PolicyFacts policy;                 ///< By which inconclusive checks block or warn.
  std::optional<Sampling> sampling;   ///< Goes into the verdict.
  std::vector<std::string> notes;     ///< Likewise, as warnings.
  std::vector<std::string> pipeline;  ///< Likewise, as KEY=VALUE.
  std::string today;                  ///< "2026-11-23", by which waivers and the verdict expire.
};

/// Joins the gates' verdicts, DIR/GATE.json for each gate of the plan that is asked for. What is expected and
/// missing (a verdict, or a check that the plan declares), unreadable, or of other subjects is an error
/// check; all checks are corrected for their number together; then waivers apply. The verdict says whether
/// checks that cannot be decided block.
Verdict join_verdicts(const Plan& plan, const std::filesystem::path& verdicts,
                      const Expectation& expectation);

/// A check that a gate's settings declare.
struct DeclaredCheck {
  std::string name;             ///< "accuracy", "accuracy min"
  std::vector<std::string> by;  ///< The fields of its slices; empty: over everything.

  bool operator==(const DeclaredCheck&) const = default;
};

/// What a gate must decide: of "accuracy margin=1pp min=0.8 by=lang" the comparison and the limit, by lang.
/// Errors: kind usage, with the gate's place in the plan, for settings that it would refuse.
std::vector<DeclaredCheck> declared_checks(const PlanGate& gate);

}  // namespace modelgate
