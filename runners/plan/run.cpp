#include "runners/plan/run.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include "runners/plan/candidate.h"
#include "runners/plan/conductor.h"
#include "runners/plan/deciding.h"
#include "runners/plan/programs.h"
#include "runners/plan/undertaking.h"
#include "schemas/documents/status_code.h"
#include "schemas/documents/verdict.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/tool.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

constexpr char no_release_hint[] =
    "If nothing has been released yet, say --first-release: it is judged by absolute limits alone.";

std::string in_one_line(const std::string& text) {
  std::string line = text;
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

/// A step without which nothing can go on.
void require_success(const Step& step, const ProcessOutcome& outcome, const std::string& hint = "") {
  if (outcome.succeeded()) return;
  const std::string words = in_one_line(Conductor::last_words(outcome));
  // What the step has said of it already need not be said twice.
  const bool is_hinted = words.find("--first-release") != std::string::npos;
  throw infrastructure_error(
      "", step.words + " failed: " + (words.empty() ? step.program + " " + outcome.sentence() : words),
      is_hinted ? "" : hint);
}

/// Finds out who is compared, while the files for CI are written from the verdict that the run is not
/// finished.
FolderState identify(Undertaking& all, Conductor& conductor) {
  settle_baseline(all);
  std::vector<Step> steps = report_steps(all.results);
  const bool has_baseline = !all.comparison.first_release;
  if (has_baseline)
    steps.insert(steps.begin(), baseline_step("checkout", all.options.baseline, all.plan, all.results));
  std::optional<FolderState> candidate;
  const auto outcomes = conductor.run_together(steps, [&] {
    identify_commit(all);
    candidate.emplace(all.comparison.candidate_folder);
    all.comparison.candidate.digest = candidate->digest();
  });
  const bool is_of_branch = all.wish.kind == BaselineWish::Kind::branch;
  for (std::size_t i = 0; i < steps.size(); ++i)
    require_success(steps[i], outcomes[i], has_baseline && i == 0 && !is_of_branch ? no_release_hint : "");
  if (has_baseline) take_baseline(read_file(conductor.output_of(steps.front())), all.comparison);
  return *candidate;
}

void write_reports(const ResultsFolder& results, Conductor& conductor) {
  const std::vector<Step> steps = report_steps(results);
  const auto outcomes = conductor.run_together(steps);
  for (std::size_t i = 0; i < steps.size(); ++i) require_success(steps[i], outcomes[i]);
}

/// A run that could not be brought to its end leaves files that say so. `reports_say_so`: those that are
/// there tell of an error already.
void conclude_as_error(const Undertaking& all, Conductor& conductor, const std::exception& problem,
                       bool reports_say_so) {
  std::string why = problem.what();
  why.erase(std::min(why.find('\n'), why.size()));  // without the hint
  write_file(all.results.verdict(), to_json(unfinished_verdict(all.plan, all.comparison.candidate, why)));
  std::error_code ignored;
  fs::remove_all(all.results.baseline(), ignored);
  try {
    if (!interrupted()) return write_reports(all.results, conductor);
  } catch (const Error& other) {
    print_error("modelgate", other);
  }
  if (reports_say_so) return;
  // Rather none than those of a verdict that does not stand.
  for (const fs::path& report : {all.results.junit(), all.results.summary()}) fs::remove(report, ignored);
}

/// The table goes straight to our stdout, so that it knows the terminal's width and colours.
void show_table(const Undertaking& all) {
  ProcessSpec table;
  table.argv = {require_program("modelgate-report-terminal").string(), all.results.verdict().string()};
  table.inherit_streams = true;
  for (const char* name : {"TERM", "NO_COLOR", "COLUMNS", "COLORTERM"})
    if (const char* value = std::getenv(name)) table.environment[name] = value;
  const ProcessOutcome outcome = run_process(table);
  if (!outcome.succeeded())
    std::fprintf(stderr, "the table could not be shown: modelgate-report-terminal %s\n",
                 outcome.sentence().c_str());
  std::error_code ignored;
  const fs::path root = all.results.root.lexically_proximate(fs::current_path(ignored));
  std::fprintf(
      stderr,
      "\nWritten: %s/{verdict.json, junit.xml, summary.md}, with measurements/ and logs/ beside them.\n",
      printable(root.string()).c_str());
}

void print_commands(Undertaking all) {
  settle_baseline(all);
  if (!all.comparison.first_release) {
    const Step show = baseline_step("show", all.options.baseline, all.plan, all.results);
    ProcessSpec spec;
    spec.argv = {require_program(show.program).string()};
    spec.argv.insert(spec.argv.end(), show.arguments.begin(), show.arguments.end());
    spec.kept_bytes = maximum_document_bytes;
    const ProcessOutcome outcome = run_process(spec);
    require_success(show, outcome, no_release_hint);
    take_baseline(outcome.out.text, all.comparison);
  }
  identify_commit(all);
  all.comparison.candidate.digest = FolderState(all.comparison.candidate_folder).digest();
  std::string text;
  if (all.plan.folder != fs::current_path()) text = shell_line({"cd", all.plan.folder.string()}) + "\n";
  for (const Step& step : steps_of(all)) {
    std::vector<std::string> argv = {step.program};
    argv.insert(argv.end(), step.arguments.begin(), step.arguments.end());
    text += shell_line(argv) + "\n";
  }
  write_stdout(text);
}

Undertaking understand_or_forget(const RunOptions& options) {
  try {
    return understand(options);
  } catch (...) {
    if (!options.dry_run && !options.output.empty()) results_folder(options).forget_verdict();
    throw;
  }
}

}  // namespace

void RunOptions::declare(OptionSet& options) {
  options.text("plan", plan, "FILE", "The plan");
  options.text("candidate", candidate, "NAME", "Which candidate (default: the plan's default_candidate)");
  options.text("candidate-version", candidate_version, "VERSION", "What to call it (default: its name)");
  options.text(
      "baseline", baseline, "WHICH",
      "What to compare with: latest (the highest release), a version, branch:NAME (that branch's last "
      "green), merge-base or merge-base:BRANCH (what the store has of the commit where the change began, "
      "or of the nearest before it) (default: as the plan says, else latest)");
  options.number("fetch-seconds", fetch_seconds, 0, 1e6, "SECONDS",
                 "What fetching commits may take that a shallow clone lacks");
  options.flag("first-release", first_release, "There is no release yet: judge by absolute limits alone");
  options.list("only", only, "GATES", "Only these gates, separated by commas");
  options.number("budget-seconds", budget_seconds, 0, 1e9, "SECONDS",
                 "What measuring may take to decide what is undecided (default: the plan's budget)");
  options.text("output", output, "DIR", "Where the results go");
  options.flag("fail-on-flaky", fail_on_flaky, "A test that passed only when it was run again fails");
  options.choice("inconclusive", inconclusive, {"block", "warn"},
                 "What checks do that cannot be decided (default: as the plan or the branch says)");
  options.flag("dry-run", dry_run, "Print the exact commands, run and write nothing");
  options.flag("json", json, "Print the verdict as JSON instead of the table");
  options.flag("quiet", quiet, "Print nothing but errors");
}

ExitCode run_plan(const RunOptions& options) {
  watch_interrupts();
  Undertaking all = understand_or_forget(options);
  if (options.dry_run) {
    print_commands(std::move(all));
    return ExitCode::pass;
  }
  // From here on a verdict stands that blocks, whatever happens to this process.
  const HeldResults held(all.results,
                         unfinished_verdict(all.plan, all.comparison.candidate, "the run was not finished"));
  Conductor conductor(all.results, all.plan.folder, options.quiet || options.json);
  bool reports_say_so = true;
  try {
    // What is missing shall be known before anything is measured.
    for (const Step& step : steps_of(all)) require_program(step.program);
    const FolderState candidate = identify(all, conductor);
    const Verdict verdict = measure_and_judge(all, conductor, candidate);
    reports_say_so = false;
    write_reports(all.results, conductor);
    std::error_code ignored;
    fs::remove_all(all.results.baseline(), ignored);
    if (options.json) write_stdout(read_file(all.results.verdict()));
    if (!options.json && !options.quiet) show_table(all);
    // The exit code says pass, and somebody shall see that it is none.
    if (only_warns(verdict)) std::fprintf(stderr, "warning: %s\n", printable(verdict.sentence).c_str());
    return exit_code_of(verdict);
  } catch (const std::exception& problem) {
    conclude_as_error(all, conductor, problem, reports_say_so);
    throw;
  }
}

}  // namespace modelgate
