#include "runners/plan/init.h"

#include <cstdio>

#include "runners/plan/programs.h"
#include "runners/plan/schema.h"
#include "schemas/documents/plan.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

constexpr char schema_file[] = ".modelgate/plan.schema.json";

/// Text as a YAML scalar that reads back as itself.
std::string yaml_text(const std::string& text) {
  std::string all = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') all += '\\';
    all += c;
  }
  return all + "\"";
}

/// A file of the measured folder, as runners take it.
std::string in_subject(const std::string& path) {
  std::string all = "{subject}/";
  for (const char c : path) all += c == '{' ? "{{" : std::string(1, c);
  return yaml_text(all);
}

/// "tests", "tests-2", …: run names for one kind of finding.
std::string numbered(const std::string& name, std::size_t index) {
  return index == 0 ? name : name + "-" + std::to_string(index + 1);
}

}  // namespace

std::string plan_text(const std::string& name, const std::string& candidate_folder, const Findings& findings,
                      const std::string& data) {
  std::string runs, gates;
  for (std::size_t i = 0; i < findings.tests.size(); ++i) {
    runs += "  " + numbered("tests", i) + ": {runner: gtest, program: " + in_subject(findings.tests[i]) +
            ", test_timeout_seconds: 60}\n";
    gates += "  " + numbered("unit", i) + ": {" + (i > 0 ? "gate: unit, " : "") +
             "from: " + numbered("tests", i) + ", minimum_tests: 1}\n";
  }
  for (std::size_t i = 0; i < findings.benchmarks.size(); ++i) {
    runs += "  " + numbered("speed", i) + ": {runner: bench, program: " + in_subject(findings.benchmarks[i]) +
            ", pairs: 10}\n";
    gates += "  " + numbered("performance", i) + ": {" + (i > 0 ? "gate: performance, " : "") +
             "from: " + numbered("speed", i) + ", margin: 5%}\n";
  }
  for (std::size_t i = 0; !data.empty() && i < findings.models.size(); ++i) {
    runs += "  " + numbered("model", i) + ": {runner: torch, model: " + in_subject(findings.models[i]) +
            ", data: " + yaml_text(data) + "}\n";
    gates += "  " + numbered("quality", i) + ":\n" + (i > 0 ? "    gate: quality\n" : "") +
             "    from: " + numbered("model", i) + "\n    checks: [\"accuracy margin=1pp\"]\n";
  }
  // One line for each thing to know; the rest is in the schema, which editors show.
  return std::string("# yaml-language-server: $schema=") + schema_file + R"(
# What to run and what must hold: `modelgate schema plan` says all that this may hold.
schema: modelgate/plan
version: 1
name: )" +
         yaml_text(name) + R"(
candidate: )" +
         yaml_text(candidate_folder) + R"(   # the folder of what would be released
store: .modelgate/store

runs:    # what measures; {subject} is the candidate's folder, or the baseline's
)" + runs +
         R"(
gates:   # what decides
)" + gates;
}

void InitOptions::declare(OptionSet& options) {
  options.text("candidate", candidate, "DIR", "The folder of what would be released: programs, models",
               Need::required);
  options.text("data", data, "FILE",
               "JSONL with an id, a label and inputs in each row, for the TorchScript models in the folder");
  options.text("plan", plan, "FILE", "The plan to write");
  options.text("name", name, "NAME", "Of the model (default: the plan's folder's name)");
}

namespace {

/// A path as the plan says it, from its own folder.
std::string from_plan(const fs::path& path, const fs::path& plan) {
  const fs::path relative = fs::canonical(path).lexically_relative(plan.parent_path());
  const std::string text = relative.generic_string();
  if (!is_printable(text))
    throw usage_error(path.string(), "has a name that cannot stand in a plan",
                      "Use UTF-8 without control characters.");
  return text;
}

void check_findings(const InitOptions& options, const Findings& findings) {
  if (!findings.tests.empty() || !findings.benchmarks.empty()) return;
  if (findings.models.empty())
    throw usage_error(
        options.candidate, "holds no GoogleTest program, no Google Benchmark program and no model (.pt)",
        "Name the folder that the build puts them into; for others write a plan by hand: `modelgate schema "
        "plan` says what it may hold.");
  if (options.data.empty())
    throw usage_error(options.candidate, "holds a model and no tests",
                      "Give --data FILE, the rows to judge it by.");
}

void say_what_next(const InitOptions& options, const fs::path& plan, const std::string& candidate,
                   const Findings& findings) {
  std::vector<std::string> judged = findings.tests;
  judged.insert(judged.end(), findings.benchmarks.begin(), findings.benchmarks.end());
  if (!options.data.empty()) judged.insert(judged.end(), findings.models.begin(), findings.models.end());
  std::string text = options.plan + ": written for " + listing(judged) + ".\n";
  if (options.data.empty() && !findings.models.empty())
    text += "Left out: " + listing(findings.models) + ", which need rows to be judged by (--data FILE).\n";
  const std::string named =
      plan.filename() == InitOptions{}.plan ? "" : " --plan " + shell_line({plan.filename()});
  const bool elsewhere = plan.parent_path() != fs::current_path();
  text += "Next:\n" + (elsewhere ? "  " + shell_line({"cd", plan.parent_path()}) + "\n" : "") +
          "  modelgate run --first-release" + named + "\n" + "  modelgate-baseline save " +
          shell_line({candidate}) +
          " --version v1.0.0\n"
          "  modelgate-baseline promote v1.0.0 --verdict gate-results/verdict.json\n"
          "  modelgate run" +
          named +
          "\n"
          "The first run judges by absolute limits alone; the others, from then on, against the latest "
          "release.\n";
  std::fputs(text.c_str(), stderr);
}

}  // namespace

ExitCode init_plan(const InitOptions& options) {
  const fs::path plan = fs::weakly_canonical(options.plan);
  if (fs::exists(fs::symlink_status(options.plan)))
    throw usage_error(options.plan, "there is a plan already",
                      "Remove it first, or name another with --plan.");
  const Findings findings = look_into(options.candidate);
  check_findings(options, findings);
  const std::string folder = from_plan(options.candidate, plan);
  if (fs::path(folder).begin()->string() == "." || folder.find_first_not_of("./") == std::string::npos)
    throw usage_error(options.plan,
                      "would lie within the candidate's folder, and be a part of what is released",
                      "Write it elsewhere: --plan FILE.");
  if (!options.data.empty() && !fs::is_regular_file(options.data))
    throw usage_error("--data", options.data + " is no file");
  const std::string data = options.data.empty() ? "" : from_plan(options.data, plan);
  const std::string name = options.name.empty() ? plan.parent_path().filename().string() : options.name;
  if (!is_printable(name)) throw usage_error("--name", "must be UTF-8 without control characters");

  write_file(plan.parent_path() / schema_file, schema_named("plan"));
  write_file(plan, plan_text(name, folder, findings, data));
  read_plan(plan);  // what is written must be a plan
  say_what_next(options, plan, folder, findings);
  return ExitCode::pass;
}

}  // namespace modelgate
