#include <algorithm>

#include "gates/decision/decision.h"
#include "gates/quality/contamination/checks.h"
#include "gates/quality/memory_limit.h"
#include "gates/quality/partial/merge.h"
#include "gates/quality/partial/options.h"
#include "gates/quality/quality.h"
#include "gates/quality/subject_answers.h"
#include "gates/quality/written_files.h"
#include "schemas/rows/column_memory.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/standard_input.h"
#include "schemas/tool/tool.h"

namespace {

using namespace modelgate;

/// Where a check asks for the scores of all classes: those that are named, or that the files know.
std::vector<std::string> all_classes(const GateOptions& gate, const PartialOptions& partial,
                                     const QualityDemands& demands) {
  if (!partial.classes.empty() || partial.concerns_parts()) return partial.all_classes();
  std::vector<std::string> classes =
      classes_of(Role::candidate, gate.candidate, demands.fields, demands.redacted);
  if (gate.first_release) return classes;
  const std::vector<std::string> more =
      classes_of(Role::baseline, gate.baseline, demands.fields, demands.redacted);
  classes.insert(classes.end(), more.begin(), more.end());
  return classes;
}

/// What is read, and written besides examples and curves.
std::vector<std::filesystem::path> all_files(const GateOptions& gate, const PartialOptions& partial,
                                             const Sides& sides) {
  std::vector<std::filesystem::path> files = {gate.baseline, gate.candidate, gate.output,
                                              sides.candidate.path};
  if (sides.baseline) files.push_back(sides.baseline->path);
  files.insert(files.end(), partial.merge.begin(), partial.merge.end());
  return files;
}

/// Standard input can be one file only.
void check_standard_input(const GateOptions& gate, const ContaminationDemands& about_origin) {
  if (!is_standard_input(gate.baseline) && !is_standard_input(gate.candidate)) return;
  std::vector<std::string> others = about_origin.training.paths;
  others.push_back(about_origin.test);
  if (std::any_of(others.begin(), others.end(), is_standard_input))
    throw usage_error("--train", "cannot be standard input together with --baseline or --candidate",
                      "Name a file for one of them instead of '-'.");
}

ExitCode run(const GateOptions& gate, const QualityOptions& quality, const ContaminationOptions& origin,
             const PartialOptions& partial) {
  partial.check(gate);
  QualityDemands demands = quality.demands();
  if (needs_all_classes(demands)) demands.all_classes = all_classes(gate, partial, demands);
  const std::optional<ContaminationDemands> about_origin = origin.demands();
  SideRequests requests{request_of(demands), request_of(demands)};
  if (about_origin) check_standard_input(gate, *about_origin);
  if (about_origin) ask_for_test_texts(*about_origin, requests.candidate);
  Verdict verdict = new_verdict(gate, "quality");
  Sides sides;
  if (!partial.merge.empty()) {
    sides = merged(partial.merge, partial.given(), gate.first_release, requests, verdict);
  } else {
    if (!gate.first_release)
      sides.baseline = answers_of(Role::baseline, gate.baseline, requests.baseline, verdict);
    sides.candidate = answers_of(Role::candidate, gate.candidate, requests.candidate, verdict);
  }
  if (!partial.partial.empty()) {
    write_partial(partial.partial, {verdict.gate_version, partial.number(), partial.given(), false, verdict},
                  sides);
    tell_of_partial(partial, sides);
    return ExitCode::pass;
  }
  std::vector<std::filesystem::path> others = all_files(gate, partial, sides);
  if (!quality.examples.empty()) check_apart("examples", quality.examples, others);
  others.emplace_back(quality.examples);
  if (!quality.curves.empty()) check_apart("curves", quality.curves, others);
  std::optional<DoubtfulRows> doubtful;
  if (about_origin) doubtful = check_contamination(sides.candidate, *about_origin, verdict);
  const JudgedFiles files = judge_quality(sides.baseline ? &*sides.baseline : nullptr, sides.candidate,
                                          demands, verdict, doubtful ? &*doubtful : nullptr);
  if (!quality.examples.empty()) write_file(quality.examples, files.examples);
  if (!quality.curves.empty()) write_file(quality.curves, files.curves);
  conclude(verdict);
  return deliver(verdict, gate);
}

}  // namespace

int main(int argc, char** argv) {
  GateOptions gate;
  QualityOptions quality;
  ContaminationOptions contamination;
  PartialOptions partial;
  std::string memory;
  return run_tool(
      argc, argv,
      {"modelgate-gate-quality",
       "Passes when it is proven that no metric is worse than its margin, over all and by slice.",
       "modelgate-gate-quality --baseline old.jsonl --candidate new.jsonl --check 'accuracy margin=0.5pp'"},
      [&](OptionSet& options) {
        gate.declare(options, "quality", "measurements, or rows of answers (JSONL, CSV, npz …; - for stdin)",
                     Need::optional);
        quality.declare(options);
        contamination.declare(options);
        partial.declare(options);
        options.text("memory", memory, "SIZE",
                     "Of columns of rows, such as 2GiB; what is more lies in unnamed files in TMPDIR");
      },
      [&] {
        if (!memory.empty()) limit_column_memory(memory_size("--memory", memory));
        return run(gate, quality, contamination, partial);
      });
}
