#include "runners/plan/doctor.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>

#include "runners/plan/baseline_finding.h"
#include "runners/plan/calibrate.h"
#include "runners/plan/calibrated.h"
#include "runners/plan/candidate.h"
#include "runners/plan/programs.h"
#include "runners/process/process.h"
#include "runners/recording/recording.h"
#include "schemas/documents/calibration.h"
#include "schemas/documents/plan.h"
#include "schemas/tool/clock.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/json_quoted.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/tool.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using State = Finding::State;

Finding program(const std::string& name, bool needed) {
  if (const auto found = find_program(name)) return {State::well, name, found->string(), ""};
  const bool torch = name == "modelgate-run-torch";
  return {needed ? State::missing : State::noted, name,
          needed ? "not found" : "not found; this plan does not need it",
          torch ? "apt-get install libtorch-dev libopenblas0-pthread, then build again"
                : "put it beside modelgate, or into PATH"};
}

std::vector<Finding> programs(const std::vector<std::string>& needed_by_plan) {
  static const std::vector<std::string> all = {
      "modelgate-baseline",         "modelgate-gate-suite",      "modelgate-report-junit",
      "modelgate-report-markdown",  "modelgate-report-terminal", "modelgate-run-gtest",
      "modelgate-run-bench",        "modelgate-run-torch",       "modelgate-run-exec",
      "modelgate-run-gpu",          "modelgate-gate-unit",       "modelgate-gate-regression",
      "modelgate-gate-performance", "modelgate-gate-quality",    "modelgate-calibration"};
  std::set<std::string> needed(all.begin(), all.begin() + 5);
  needed.insert(needed_by_plan.begin(), needed_by_plan.end());
  std::set<std::string> names(all.begin(), all.end());
  names.insert(needed.begin(), needed.end());
  std::vector<Finding> findings;
  for (const std::string& name : names) findings.push_back(program(name, needed.contains(name)));
  return findings;
}

Finding candidate_of(const Plan& plan) {
  try {
    const fs::path folder = candidate_folder(plan, candidate_name(plan, ""));
    return {State::well, "candidate", folder.string(), ""};
  } catch (const Error& error) {
    return {State::missing, "candidate", error.message(), error.hint()};
  }
}

Finding store_of(const Plan& plan) {
  const fs::path store = (plan.folder / plan.store).lexically_normal();
  if (!fs::exists(store))
    return {State::noted, "store", store.string() + ": nothing released yet",
            "modelgate run --first-release, then modelgate-baseline save and promote"};
  const auto baseline = find_program("modelgate-baseline");
  if (!baseline) return {State::missing, "store", "modelgate-baseline is missing", ""};
  ProcessSpec verify;
  verify.argv = {baseline->string(), "verify", "--store", store.string()};
  const ProcessOutcome outcome = run_process(verify);
  if (outcome.succeeded()) return {State::well, "store", store.string(), ""};
  std::string words = outcome.err.text.substr(0, 400);
  std::replace(words.begin(), words.end(), '\n', ' ');
  return {State::missing, "store", words, "modelgate-baseline verify --store " + store.string()};
}

/// Whether it is known how noisy this machine is.
std::optional<Finding> calibration_of(const Plan& plan) {
  const bool measures_speed = std::any_of(plan.gates.begin(), plan.gates.end(),
                                          [](const PlanGate& gate) { return gate.kind == "performance"; });
  const fs::path file = plan.folder / calibration_file;
  if (!fs::exists(file)) {
    if (!measures_speed) return std::nullopt;
    return Finding{State::noted, "calibration", "none: how noisy this machine is, is not known",
                   "modelgate calibrate, once there is a release"};
  }
  const CalibrationUse use = calibration_for(plan, utc_day(), environment_fingerprint());
  if (!use.is_usable) return Finding{State::noted, "calibration", use.notes.front(), ""};
  const Calibration calibration = read_calibration(file);
  return Finding{use.notes.empty() ? State::well : State::noted, "calibration",
                 calibration.created.substr(0, 10) + ": " + calibration.sentence, ""};
}

/// What the runs name and the candidate does not have.
std::vector<Finding> files_of(const Plan& plan) {
  std::vector<Finding> findings;
  MeasuredSubject candidate;
  candidate.folder = candidate_folder(plan, candidate_name(plan, ""));
  for (const PlanRun& run : plan.runs)
    for (const PlanSetting& setting : run.settings) {
      const bool is_file = setting.key == "program" || setting.key == "model" || setting.key == "classes" ||
                           setting.key == "input" || setting.key == "data";
      // What another run writes is not there yet.
      if (!is_file || setting.values.empty() || !run.after.empty()) continue;
      std::string text = setting.values.front();
      if (const auto at = text.find("{plan}"); at != std::string::npos) text.replace(at, 6, ".");
      const fs::path file = plan.folder / expand(text, candidate);
      if (!fs::exists(file))
        findings.push_back({State::missing, "run " + run.name,
                            "the " + setting.key + " " + file.string() + " is not there",
                            "Build it, or correct '" + setting.key + "' in the plan"});
    }
  return findings;
}

std::vector<Finding> plan_and_what_it_names(const DoctorOptions& options, std::vector<std::string>& needed) {
  if (!fs::exists(options.plan))
    return {{State::noted, "plan", options.plan + ": there is none",
             "modelgate init --candidate DIR writes one"}};
  std::vector<Finding> findings;
  try {
    const Plan plan = read_plan(options.plan);
    for (const PlanRun& run : plan.runs) needed.push_back("modelgate-run-" + run.runner);
    for (const PlanGate& gate : plan.gates) needed.push_back("modelgate-gate-" + gate.kind);
    findings.push_back({State::well, "plan",
                        options.plan + ": " + std::to_string(plan.runs.size()) + " runs, " +
                            std::to_string(plan.gates.size()) + " gates",
                        ""});
    findings.push_back(store_of(plan));
    if (fs::exists(plan.folder / plan.store)) findings.push_back(baseline_finding(plan));
    if (auto calibration = calibration_of(plan)) findings.push_back(std::move(*calibration));
    findings.push_back(candidate_of(plan));
    if (findings.back().state == State::well)
      for (Finding& finding : files_of(plan)) findings.push_back(std::move(finding));
  } catch (const Error& error) {
    findings.push_back({State::missing, "plan",
                        (error.where().empty() ? "" : error.where() + ": ") + error.message(), error.hint()});
  }
  return findings;
}

Finding machine() {
  const auto environment = environment_fingerprint();
  std::string said;
  for (const char* key : {"cpu", "cores", "memory", "kernel"})
    if (const auto found = environment.find(key); found != environment.end())
      said += (said.empty() ? "" : ", ") +
              (key == std::string("cores") ? found->second + " cores" : found->second);
  return {State::well, "machine", said, ""};
}

std::string as_json(const std::vector<Finding>& findings) {
  static const char* states[] = {"well", "noted", "missing"};
  const auto quoted = [](const std::string& text) { return json_quoted(printable(text)); };
  std::string text = "[";
  for (const Finding& finding : findings)
    text += std::string(text.size() > 1 ? ",\n " : "\n ") + "{\"what\": " + quoted(finding.what) +
            ", \"state\": \"" + states[static_cast<int>(finding.state)] +
            "\", \"said\": " + quoted(finding.said) + ", \"remedy\": " + quoted(finding.remedy) + "}";
  return text + "\n]\n";
}

std::string as_words(const std::vector<Finding>& findings) {
  static const char* marks[] = {"ok     ", "note   ", "MISSING"};
  std::string text;
  for (const Finding& finding : findings) {
    std::string what = finding.what;
    what.resize(std::max<std::size_t>(what.size(), 27), ' ');
    text += std::string(marks[static_cast<int>(finding.state)]) + "  " + what + " " + finding.said + "\n";
    if (!finding.remedy.empty()) text += std::string(38, ' ') + finding.remedy + "\n";
  }
  return text;
}

}  // namespace

void DoctorOptions::declare(OptionSet& options) {
  options.text("plan", plan, "FILE", "The plan");
  options.flag("json", json, "Print the findings as JSON");
}

std::vector<Finding> examine(const DoctorOptions& options) {
  std::vector<std::string> needed;
  std::vector<Finding> findings = plan_and_what_it_names(options, needed);
  for (Finding& finding : programs(needed)) findings.push_back(std::move(finding));
  findings.push_back(machine());
  return findings;
}

ExitCode doctor(const DoctorOptions& options) {
  const std::vector<Finding> findings = examine(options);
  write_stdout(options.json ? as_json(findings) : as_words(findings));
  const bool missing = std::any_of(findings.begin(), findings.end(),
                                   [](const Finding& finding) { return finding.state == State::missing; });
  return missing ? ExitCode::error : ExitCode::pass;
}

}  // namespace modelgate
