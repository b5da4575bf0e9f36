#include "runners/plan/deciding.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <optional>

#include "runners/plan/looks.h"
#include "schemas/documents/measurements.h"
#include "schemas/documents/status_code.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

/// Runners and gates say what went wrong in their documents, and it is shown with the verdict. What they
/// could not even write down is said here, and the suite finds it missing.
void tell_of_trouble(const Step& step, const ProcessOutcome& outcome) {
  const bool by_contract =
      outcome.ending == Ending::exited && outcome.exit_code >= 0 && outcome.exit_code <= 4;
  if (by_contract && outcome.exit_code != 2 && fs::exists(step.document)) return;
  const std::string words = Conductor::last_words(outcome);
  if (!by_contract)
    std::fprintf(stderr, "%s %s\n", printable(step.program).c_str(), printable(outcome.sentence()).c_str());
  if (!words.empty()) std::fprintf(stderr, "%s\n", words.c_str());
}

/// How far a run is measured.
struct Progress {
  std::vector<std::int64_t> looks;
  std::size_t next = 0;         ///< Place of the next look among them.
  double seconds_per_unit = 0;  ///< Of the last step: a row, or a pair of one benchmark.
};

/// More of a run that is undecided.
struct Continuation {
  const PlanRun* run = nullptr;
  Stretch stretch;
  std::int64_t samples = 0;    ///< Pairs or rows, of each of
  std::size_t benchmarks = 0;  ///< so many benchmarks.
};

std::optional<Measurements> sound_measurements(const fs::path& document) {
  try {
    Measurements measured = read_measurements(document);
    if (measured.problems.empty()) return measured;
  } catch (const Error&) {
    // The gate says what is wrong with it.
  }
  return std::nullopt;
}

void expect_unchanged(const FolderState& candidate, const Undertaking& all) {
  if (!candidate.is_unchanged())
    throw infrastructure_error(all.comparison.candidate_folder.string(),
                               "the candidate changed while it was measured",
                               "Nothing may write into the candidate's folder during a run.");
}

/// The step within the time that is left for measuring.
Step limited(Step step, const Undertaking& all) {
  using std::chrono::milliseconds;
  if (all.deadline)
    step.timeout =
        std::max(milliseconds(1),
                 std::chrono::duration_cast<milliseconds>(*all.deadline - std::chrono::steady_clock::now()));
  return step;
}

class Decision {
 public:
  Decision(const Undertaking& all, Conductor& conductor) : all_(all), conductor_(conductor) {
    for (const PlanRun& run : all.runs) progress_[run.name].looks = looks_of(run);
    sampling_.looks = 1;
    sampling_.budget_seconds = all.plan.budget.seconds;
    sampling_.budget_pairs = all.plan.budget.pairs;
    sampling_.budget_rows = all.plan.budget.rows;
  }

  Verdict make(const FolderState& candidate) {
    for (const PlanRun& run : all_.runs) measure_first(run);
    judge(all_.gates);
    if (has_several_looks()) look_again();
    expect_unchanged(candidate, all_);
    Step step = suite();
    if (has_several_looks()) {
      sampling_.seconds = elapsed();
      step = with_record(std::move(step), sampling_);
    }
    return join(step);
  }

  Verdict make_of_measured(const std::vector<PlanGate>& gates, const std::optional<Sampling>& sampling) {
    if (!gates.empty()) judge(gates);
    return join(sampling ? with_record(suite(), *sampling) : suite());
  }

 private:
  double elapsed() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

  bool has_several_looks() const {
    return std::any_of(progress_.begin(), progress_.end(),
                       [](const auto& entry) { return entry.second.looks.size() > 1; });
  }

  Step suite() const { return suite_step_of(all_); }

  double run_step_of(const PlanRun& run, const Stretch& stretch) {
    const double before = elapsed();
    const Step step = limited(run_step(run, all_.plan, all_.comparison, all_.results, stretch), all_);
    const ProcessOutcome outcome = conductor_.run(step);
    tell_of_trouble(step, outcome);
    // A runner that could not say in its document what went wrong must not leave that of an earlier look,
    // in which nothing did.
    const bool has_said =
        outcome.ending == Ending::exited && (outcome.exit_code == 0 || outcome.exit_code == 4);
    if (stretch.add && !has_said)
      for (const char* name : {"candidate.json", "baseline.json"})
        fs::remove(all_.results.measurements(run.name) / name);
    return elapsed() - before;
  }

  void measure_first(const PlanRun& run) {
    Progress& progress = progress_[run.name];
    Stretch stretch;
    if (progress.looks.size() > 1) stretch.until = progress.looks.front();
    const double seconds = run_step_of(run, stretch);
    if (progress.looks.empty()) return;
    taken(run) += progress.looks.front();
    progress.next = 1;
    if (const auto measured = sound_measurements(document_of(run)))
      progress.seconds_per_unit =
          seconds / static_cast<double>(progress.looks.front()) / static_cast<double>(sizes(*measured));
  }

  /// The record of what all runs took of what this one takes.
  std::int64_t& taken(const PlanRun& run) { return takes_rows(run) ? sampling_.rows : sampling_.pairs; }

  fs::path document_of(const PlanRun& run) const {
    return all_.results.measurements(run.name) / "candidate.json";
  }

  static std::size_t sizes(const Measurements& measured) {
    std::map<std::string, int> names;
    for (const Series& series : measured.series)
      if (const auto* samples = std::get_if<SampleSeries>(&series)) names[samples->name] = 1;
    return std::max<std::size_t>(names.size(), 1);
  }

  /// One gate beside the other: they measure nothing.
  void judge(const std::vector<PlanGate>& gates) {
    std::vector<Step> steps;
    for (const PlanGate& gate : gates)
      steps.push_back(gate_step(gate, all_.plan, all_.comparison, all_.results));
    // Nor may a gate that crashes leave what it decided at an earlier look.
    for (const Step& step : steps) fs::remove(step.document);
    steps.front().words = "judging";
    const auto outcomes = conductor_.run_together(steps);
    for (std::size_t i = 0; i < steps.size(); ++i) tell_of_trouble(steps[i], outcomes[i]);
  }

  void look_again() {
    fs::create_directories(all_.results.looks());
    for (;;) {
      const Verdict verdict = join(look_step(suite(), sampling_.looks, all_.results));
      bool undecided = false;
      std::vector<Continuation> next = continuations(verdict, undecided);
      sampling_.ended = !undecided ? "decided" : next.empty() ? "exhausted" : "budget";
      std::erase_if(next, [&](const Continuation& more) { return !is_affordable(more); });
      if (next.empty()) return;
      for (const Continuation& more : next) measure_more(more);
      judge(gates_of(next));
      ++sampling_.looks;
    }
  }

  /// What could be measured of what is undecided. `undecided`: something is, whether or not it can.
  std::vector<Continuation> continuations(const Verdict& verdict, bool& undecided) const {
    std::vector<Continuation> next;
    for (const PlanRun& run : all_.runs) {
      const Progress& progress = progress_.at(run.name);
      if (progress.looks.size() < 2) continue;
      const auto measured = sound_measurements(document_of(run));
      if (!measured) continue;
      std::vector<std::string> names = undecided_series(run, all_.plan, verdict, *measured);
      if (names.empty()) continue;
      undecided = true;
      if (progress.next == progress.looks.size()) continue;
      const std::int64_t until = progress.looks[progress.next];
      const std::size_t count = names.size();
      if (takes_rows(run)) names.clear();
      next.push_back(
          {&run, {until, true, std::move(names)}, until - progress.looks[progress.next - 1], count});
    }
    return next;
  }

  bool is_affordable(const Continuation& more) const {
    const double seconds = progress_.at(more.run->name).seconds_per_unit * static_cast<double>(more.samples) *
                           static_cast<double>(more.benchmarks);
    const bool rows = takes_rows(*more.run);
    const auto& budget = rows ? sampling_.budget_rows : sampling_.budget_pairs;
    const std::int64_t so_far = rows ? sampling_.rows : sampling_.pairs;
    return (!sampling_.budget_seconds || elapsed() + seconds <= *sampling_.budget_seconds) &&
           (!budget || so_far + more.samples <= *budget);
  }

  void measure_more(const Continuation& more) {
    Progress& progress = progress_[more.run->name];
    const double seconds = run_step_of(*more.run, more.stretch);
    progress.seconds_per_unit =
        seconds / static_cast<double>(more.samples) / static_cast<double>(more.benchmarks);
    taken(*more.run) += more.samples;
    ++progress.next;
  }

  std::vector<PlanGate> gates_of(const std::vector<Continuation>& measured) const {
    std::vector<PlanGate> gates;
    for (const PlanGate& gate : all_.gates)
      if (std::any_of(measured.begin(), measured.end(),
                      [&](const Continuation& more) { return more.run->name == gate.from; }))
        gates.push_back(gate);
    return gates;
  }

  /// The suite is handed all that is expected, and finds what is missing.
  Verdict join(const Step& step) {
    const ProcessOutcome outcome = conductor_.run(step);
    const Verdict verdict = read_verdict(step.document);
    // The verdict that stood before is an error, and so is one that its program does not stand by.
    const bool agrees = outcome.ending == Ending::exited &&
                        outcome.exit_code == static_cast<int>(exit_code_of(verdict)) &&
                        verdict.plan_digest == all_.plan.digest &&
                        verdict.candidate.digest == all_.comparison.candidate.digest &&
                        verdict.first_release == all_.comparison.first_release;
    std::string words = Conductor::last_words(outcome);
    std::replace(words.begin(), words.end(), '\n', ' ');
    if (!agrees)
      throw infrastructure_error("", "the verdicts could not be joined: " + step.program + " " +
                                         outcome.sentence() + (words.empty() ? "" : ": " + words));
    return verdict;
  }

  const Undertaking& all_;
  Conductor& conductor_;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::map<std::string, Progress> progress_;
  Sampling sampling_;
};

}  // namespace

Verdict measure_and_judge(const Undertaking& all, Conductor& conductor, const FolderState& candidate) {
  return Decision(all, conductor).make(candidate);
}

Verdict judge_and_join(const Undertaking& all, const std::vector<PlanGate>& gates,
                       const std::optional<Sampling>& sampling, Conductor& conductor) {
  return Decision(all, conductor).make_of_measured(gates, sampling);
}

bool measure_shard(const Undertaking& all, Conductor& conductor, const FolderState& candidate) {
  bool is_sound = true;
  for (const Step& whole : shard_steps(all)) {
    const Step step = limited(whole, all);
    const ProcessOutcome outcome = conductor.run(step);
    tell_of_trouble(step, outcome);
    is_sound = is_sound && outcome.succeeded();
  }
  expect_unchanged(candidate, all);
  return is_sound;
}

}  // namespace modelgate
