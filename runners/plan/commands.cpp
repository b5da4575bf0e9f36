#include "runners/plan/commands.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "runners/plan/settings.h"
#include "schemas/documents/plan_settings.h"
#include "schemas/tool/error.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

using Arguments = std::vector<std::string>;

void add(Arguments& arguments, const Arguments& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
}

void add_subject(const Subject& subject, Arguments& arguments) {
  const std::string role = "--" + name_of(subject.role);
  if (!subject.version.empty()) add(arguments, {role + "-version", subject.version});
  if (!subject.commit.empty()) add(arguments, {role + "-commit", subject.commit});
  if (!subject.digest.empty()) add(arguments, {role + "-digest", subject.digest});
}

/// A number that reads back as itself.
std::string exactly(double value) {
  char text[32];
  const auto [end, failure] = std::to_chars(text, text + sizeof text, value);
  return failure == std::errc() ? std::string(text, end) : std::to_string(value);
}

/// Declares the looks where the plan does not, and says what is measured now.
void add_stretch(const PlanRun& run, const Stretch& stretch, Arguments& arguments) {
  const std::vector<std::int64_t> looks = looks_of(run);
  if (looks.size() < 2) return;
  const bool declared = std::any_of(run.settings.begin(), run.settings.end(),
                                    [](const PlanSetting& setting) { return setting.key == "looks"; });
  if (!declared)
    for (const std::int64_t look : looks) arguments.push_back("--looks=" + std::to_string(look));
  if (stretch.until > 0) arguments.push_back("--until=" + std::to_string(stretch.until));
  if (stretch.add) arguments.push_back("--add");
  for (const std::string& name : stretch.benchmarks) arguments.push_back("--benchmark=" + name);
}

bool has_setting(const PlanRun& run, const std::string& key) {
  return std::any_of(run.settings.begin(), run.settings.end(),
                     [&](const PlanSetting& setting) { return setting.key == key; });
}

/// A model's answers are judged, and no gate that is asked for looks at how long they take.
bool is_timed_for_nobody(const PlanRun& run, const std::vector<PlanGate>& gates) {
  return run.runner == "torch" && has_setting(run, "data") &&
         std::none_of(gates.begin(), gates.end(), [&](const PlanGate& gate) {
           return gate.kind == "performance" && gate.from == run.name;
         });
}

PlanRun without_times(PlanRun run) {
  std::erase_if(run.settings,
                [](const PlanSetting& setting) { return setting.key == "pairs" || setting.key == "looks"; });
  run.settings.push_back({"pairs", {"0"}});
  return run;
}

}  // namespace

Step run_step(const PlanRun& run, const Plan& plan, const Comparison& comparison,
              const ResultsFolder& results, const Stretch& stretch) {
  const std::string more = stretch.add ? "-until-" + std::to_string(stretch.until) : "";
  Step step{"run-" + run.name + more,
            "measuring " + run.name +
                (!stretch.add      ? ""
                 : takes_rows(run) ? ", more rows"
                                   : ", more pairs"),
            "modelgate-run-" + run.runner,
            {},
            results.measurements(run.name) / "candidate.json"};
  step.arguments = {"--candidate", comparison.candidate_folder.string()};
  if (!comparison.first_release) add(step.arguments, {"--baseline", comparison.baseline_folder.string()});
  add(step.arguments, {"--output", results.measurements(run.name).string(), "--subject-name", plan.name});
  add_subject(comparison.candidate, step.arguments);
  if (!comparison.first_release) add_subject(comparison.baseline, step.arguments);
  add(step.arguments, arguments_of_run(run, plan, results));
  add_stretch(run, stretch, step.arguments);
  if (!stretch.part.empty()) step.arguments.push_back("--part=" + stretch.part);
  return step;
}

Step gate_step(const PlanGate& gate, const Plan& plan, const Comparison& comparison,
               const ResultsFolder& results) {
  Step step{"gate-" + gate.name,
            "judging " + gate.name,
            "modelgate-gate-" + gate.kind,
            {},
            results.gate_verdicts() / (gate.name + ".json")};
  const auto measured = results.measurements(gate.from);
  step.arguments = {"--candidate", (measured / "candidate.json").string()};
  if (comparison.first_release)
    step.arguments.push_back("--first-release");
  else
    add(step.arguments, {"--baseline", (measured / "baseline.json").string()});
  if (gate.kind == "performance" && !comparison.first_release && !comparison.history.empty())
    add(step.arguments, {"--history", comparison.history.string()});
  add(step.arguments, {"--gate-name", gate.name, "--output", step.document.string(), "--alpha-fail",
                       exactly(plan.alpha_fail), "--alpha-pass", exactly(plan.alpha_pass)});
  add(step.arguments, arguments_of_gate(gate, plan, comparison.candidate_folder, results));
  return step;
}

Step suite_step(const std::filesystem::path& plan_file, const std::vector<std::string>& only,
                const Comparison& comparison, const ResultsFolder& results,
                const std::vector<std::string>& more) {
  Step step{"gate-suite", "joining the verdicts", "modelgate-gate-suite", {}, results.verdict()};
  step.arguments = {"--plan",   plan_file.string(),        "--verdicts", results.gate_verdicts().string(),
                    "--output", results.verdict().string()};
  for (const std::string& name : only) add(step.arguments, {"--only", name});
  add(step.arguments, more);
  add_subject(comparison.candidate, step.arguments);
  if (comparison.candidate.modified) step.arguments.push_back("--candidate-modified");
  if (comparison.first_release)
    step.arguments.push_back("--first-release");
  else
    add_subject(comparison.baseline, step.arguments);
  return step;
}

Step look_step(Step suite, std::int64_t look, const ResultsFolder& results) {
  suite.name += "-look-" + std::to_string(look);
  suite.document = results.look(look);
  *(std::find(suite.arguments.begin(), suite.arguments.end(), "--output") + 1) = suite.document.string();
  return suite;
}

Step with_record(Step suite, const Sampling& sampling) {
  add(suite.arguments,
      {"--looks", std::to_string(sampling.looks), "--pairs", std::to_string(sampling.pairs), "--rows",
       std::to_string(sampling.rows), "--seconds", exactly(sampling.seconds), "--ended", sampling.ended});
  if (sampling.budget_seconds) add(suite.arguments, {"--budget-seconds", exactly(*sampling.budget_seconds)});
  if (sampling.budget_pairs) add(suite.arguments, {"--budget-pairs", std::to_string(*sampling.budget_pairs)});
  if (sampling.budget_rows) add(suite.arguments, {"--budget-rows", std::to_string(*sampling.budget_rows)});
  return suite;
}

Step baseline_step(const std::string& action, const std::string& version, const Plan& plan,
                   const ResultsFolder& results) {
  Step step{"baseline", "fetching the baseline " + version, "modelgate-baseline", {action, version}, {}};
  add(step.arguments, {"--store", (plan.folder / plan.store).lexically_normal().string(), "--json"});
  if (action == "checkout")
    add(step.arguments, {"--to", results.baseline().string(), "--history", results.history().string()});
  return step;
}

std::vector<Step> report_steps(const ResultsFolder& results) {
  std::vector<Step> steps;
  for (const auto& [format, file] :
       {std::pair{"junit", results.junit()}, std::pair{"markdown", results.summary()}})
    steps.push_back({std::string("report-") + format,
                     "writing " + file.filename().string(),
                     std::string("modelgate-report-") + format,
                     {results.verdict().string(), "--output", file.string()},
                     {}});
  return steps;
}

std::vector<PlanGate> chosen_gates(const Plan& plan, const std::vector<std::string>& only) {
  std::vector<std::string> names;
  for (const PlanGate& gate : plan.gates) names.push_back(gate.name);
  for (const std::string& name : only)
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      const std::string near = did_you_mean(name, names);
      throw usage_error("--only", "the plan has no gate '" + name + "'",
                        near.empty() ? "Its gates are " + listing(names) + "." : near);
    }
  std::vector<PlanGate> chosen;
  for (const PlanGate& gate : plan.gates)
    if (only.empty() || std::find(only.begin(), only.end(), gate.name) != only.end()) chosen.push_back(gate);
  return chosen;
}

std::vector<PlanRun> needed_runs(const Plan& plan, const std::vector<PlanGate>& gates) {
  std::set<std::string> needed;
  for (const PlanGate& gate : gates) needed.insert(gate.from);
  // The plan's runs stand in an order in which each comes after those it reads, so one pass backwards
  // suffices.
  for (auto run = plan.runs.rbegin(); run != plan.runs.rend(); ++run)
    if (needed.contains(run->name)) needed.insert(run->after.begin(), run->after.end());
  std::vector<PlanRun> runs;
  for (const PlanRun& run : plan.runs)
    if (needed.contains(run.name)) runs.push_back(is_timed_for_nobody(run, gates) ? without_times(run) : run);
  return runs;
}

}  // namespace modelgate
