#pragma once

#include <string>
#include <vector>

#include "reporters/explain/explanation.h"
#include "reporters/explain/reasons.h"

namespace modelgate {

/// The command of a step, with a paragraph before it. Nothing where the verdict is not of a plan's run:
/// whoever called a single gate knows how.
std::vector<Part> step_parts(NextStep step, const Verdict& verdict, const std::string& gate,
                             const VerdictFile& file);

/// `modelgate explain VERDICT CHECK`; nothing for a check whose name cannot be typed.
std::vector<Part> explain_check_parts(const Check& check, const VerdictFile& file);

/// How a known failure is let through by the plan; nothing where the verdict is not of a plan's run.
std::vector<Part> waiver_parts(const Verdict& verdict, const Check& check);

/// How what passed is released; nothing where it may not be.
std::vector<Part> release_parts(const Verdict& verdict, const VerdictFile& file);

}  // namespace modelgate
