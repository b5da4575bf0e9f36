#include "runners/plan/run.h"

#include <cstdio>
#include <optional>

#include "runners/plan/candidate.h"
#include "runners/plan/changed.h"
#include "runners/plan/concluding.h"
#include "runners/plan/conductor.h"
#include "runners/plan/deciding.h"
#include "runners/plan/kept_verdicts.h"
#include "runners/plan/programs.h"
#include "runners/plan/undertaking.h"
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

std::string sentence_of(const Shard& shard) {
  return "this is shard " + std::to_string(shard.number) + " of " + std::to_string(shard.of) +
         ", which only measures; `modelgate merge` judges all of them";
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

/// A shard leaves what it measured, and a verdict that passes nothing.
ExitCode deliver_shard(const Undertaking& all, Conductor& conductor, const FolderState& candidate) {
  const bool is_sound = measure_shard(all, conductor, candidate);
  std::error_code ignored;
  for (const fs::path& path : {all.results.baseline(), all.results.junit(), all.results.summary()})
    fs::remove_all(path, ignored);
  write_file(all.results.job(), to_json(job_record_of(all, {})));
  if (!all.options.quiet) std::fprintf(stderr, "%s\n", sentence_of(*all.shard).c_str());
  return is_sound ? ExitCode::pass : ExitCode::error;
}

std::optional<KeptVerdicts> kept_verdicts_of(const Undertaking& all) {
  const auto state = state_of(all);
  if (!state) return std::nullopt;
  return KeptVerdicts(all.plan.folder / ".modelgate" / "kept", *state);
}

/// A verdict that was made of exactly this before, for the pipeline or machine that asks now.
ExitCode deliver_kept(const Undertaking& all, Verdict verdict, Conductor& conductor) {
  verdict.warnings.insert(verdict.warnings.begin(),
                          "this was judged at " + verdict.created +
                              ", of exactly these files, this plan and this baseline, and not again");
  verdict.pipeline = all.record;
  write_file(all.results.verdict(), to_json(verdict));
  return deliver_verdict(all, verdict, conductor);
}

void say(const RunOptions& options, const std::string& sentence) {
  if (!options.quiet) std::fprintf(stderr, "%s\n", printable(sentence).c_str());
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
  options.offer("baseline", {"latest", "merge-base"});
  options.number("fetch-seconds", fetch_seconds, 0, 1e6, "SECONDS",
                 "What fetching commits may take that a shallow clone lacks");
  options.flag("first-release", first_release, "There is no release yet: judge by absolute limits alone");
  options.list("only", only, "GATES", "Only these gates, separated by commas");
  options.text("shard", shard, "N/OF",
               "Measure the Nth of so many parts of it and judge nothing; `modelgate merge` does");
  options.flag(
      "changed", changed,
      "Only gates which what changed concerns, by Git; a verdict of the same state is not made again");
  options.number("time-limit", time_limit_seconds, 0, 1e9, "SECONDS",
                 "Give measuring up after this time, as an error (0: never)");
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
  const std::string chosen = options.changed ? choose_by_changes(all) : "";
  if (options.changed && (all.gates.empty() || !options.brief)) say(options, chosen);
  if (all.gates.empty()) {
    // Whoever expects a verdict finds none: nothing was judged.
    if (!options.dry_run) all.results.forget_verdict();
    return ExitCode::pass;
  }
  if (options.dry_run) {
    print_commands(std::move(all));
    return ExitCode::pass;
  }
  // From here on a verdict stands that blocks, whatever happens to this process.
  const HeldResults held(
      all.results, unfinished_verdict(all.plan, all.comparison.candidate,
                                      all.shard ? sentence_of(*all.shard) : "the run was not finished"));
  Conductor conductor(all.results, all.plan.folder, options.quiet || options.json);
  bool reports_say_so = true;
  try {
    // What is missing shall be known before anything is measured.
    for (const Step& step : steps_of(all)) require_program(step.program);
    const FolderState candidate = identify(all, conductor);
    if (all.shard) return deliver_shard(all, conductor, candidate);
    const auto kept = options.changed ? kept_verdicts_of(all) : std::nullopt;
    if (kept)
      if (const auto before = kept->find(all.comparison.candidate.digest, all.plan.digest))
        return deliver_kept(all, *before, conductor);
    const Verdict verdict = measure_and_judge(all, conductor, candidate);
    reports_say_so = false;
    write_file(all.results.job(), to_json(job_record_of(all, verdict.sampling)));
    if (kept) kept->keep(verdict);
    return deliver_verdict(all, verdict, conductor);
  } catch (const std::exception& problem) {
    conclude_as_error(all, conductor, problem, reports_say_so);
    throw;
  }
}

}  // namespace modelgate
