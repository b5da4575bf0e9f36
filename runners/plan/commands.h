#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "runners/plan/looks.h"
#include "runners/plan/results_folder.h"
#include "schemas/documents/plan.h"
#include "schemas/documents/subject.h"

namespace modelgate {

/// What is judged against what.
struct Comparison {
  Subject candidate;
  std::filesystem::path candidate_folder;
  Subject baseline;  ///< Without meaning in a first release.
  std::filesystem::path baseline_folder;
  std::filesystem::path history;  ///< The folder of earlier verdicts; empty: they are nobody's business.
  bool first_release = false;
};

/// A program to run, by name, and what to call the step in logs and words.
struct Step {
  std::string name;     ///< "run-tests", "gate-unit"
  std::string words;    ///< "measuring tests"
  std::string program;  ///< "modelgate-run-gtest"
  std::vector<std::string> arguments;
  std::filesystem::path document;          ///< That a runner or gate writes, and says in it what went wrong.
  std::chrono::milliseconds timeout = {};  ///< 0: none.
};

/// The steps that the plan asks for. Pure: what --dry-run prints is what is run. Errors: kind usage, with the
/// place in the plan, for a {word} that stands for nothing.
Step run_step(const PlanRun& run, const Plan& plan, const Comparison& comparison,
              const ResultsFolder& results, const Stretch& stretch = {});
Step gate_step(const PlanGate& gate, const Plan& plan, const Comparison& comparison,
               const ResultsFolder& results);
/// `more`: the suite's options about checks that cannot be decided, and notes for the verdict.
Step suite_step(const std::filesystem::path& plan_file, const std::vector<std::string>& only,
                const Comparison& comparison, const ResultsFolder& results,
                const std::vector<std::string>& more = {});
/// The same step, to join the verdicts of one look into a file of its own.
Step look_step(Step suite, std::int64_t look, const ResultsFolder& results);
/// The same step with the record of how the samples were taken.
Step with_record(Step suite, const Sampling& sampling);
/// `action` is "checkout" (into the results folder) or "show"; both print the manifest.
Step baseline_step(const std::string& action, const std::string& version, const Plan& plan,
                   const ResultsFolder& results);
/// The files for CI, made of the verdict.
std::vector<Step> report_steps(const ResultsFolder& results);

/// The gates that are asked for (all if `only` is empty), in the order of the plan, and the runs they need;
/// of a model whose speed none of them judges only the answers. Errors: kind usage with "did you mean" for an
/// unknown name.
std::vector<PlanGate> chosen_gates(const Plan& plan, const std::vector<std::string>& only);
std::vector<PlanRun> needed_runs(const Plan& plan, const std::vector<PlanGate>& gates);

}  // namespace modelgate
