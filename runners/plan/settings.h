#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "runners/plan/results_folder.h"
#include "schemas/documents/plan.h"

namespace modelgate {

/// The settings of a run as its program takes them: `--argument=--fast`. {plan} and {runs.NAME} are replaced;
/// {subject} and {role} are left to the runner, which measures two subjects. Errors: kind usage, with the
/// place in the plan, for a {word} that stands for nothing.
std::vector<std::string> arguments_of_run(const PlanRun& run, const Plan& plan, const ResultsFolder& results);

/// Those of a gate; {subject} is the candidate's folder, {role} the candidate.
std::vector<std::string> arguments_of_gate(const PlanGate& gate, const Plan& plan,
                                           const std::filesystem::path& candidate,
                                           const ResultsFolder& results);

}  // namespace modelgate
