#include "runners/plan/calibrate.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <random>
#include <set>

#include "runners/plan/conductor.h"
#include "runners/plan/deciding.h"
#include "runners/plan/programs.h"
#include "runners/plan/undertaking.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/tool.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

// With fewer no rate is worth its name.
constexpr std::int64_t least_runs = 2;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// The plan's runs in a random order in which each still comes after those it reads.
std::vector<PlanRun> shuffled(std::vector<PlanRun> runs, std::mt19937_64& random) {
  std::vector<PlanRun> order;
  std::set<std::string> done;
  while (!runs.empty()) {
    std::vector<std::size_t> ready;
    for (std::size_t i = 0; i < runs.size(); ++i)
      if (std::all_of(runs[i].after.begin(), runs[i].after.end(),
                      [&](const std::string& other) { return done.contains(other); }))
        ready.push_back(i);
    const auto chosen = runs.begin() + static_cast<std::ptrdiff_t>(ready[random() % ready.size()]);
    done.insert(chosen->name);
    order.push_back(*chosen);
    runs.erase(chosen);
  }
  return order;
}

class Campaign {
 public:
  explicit Campaign(const CalibrateOptions& options)
      : options_(options), all_(undertaking_of(options)), root_(all_.results) {
    seed_ = static_cast<std::uint64_t>(options.seed);
    while (seed_ == 0) seed_ = std::random_device{}() & 0x7fffffff;
  }

  ExitCode run() {
    const HeldResults held(root_, unfinished_verdict(all_.plan, all_.comparison.candidate, "a calibration"));
    // There is nothing to promote here.
    fs::remove(root_.verdict());
    fs::create_directories(root_.logs());
    settle_baseline(all_);
    check_out_twice();
    std::mt19937_64 random(seed_);
    const auto start = Clock::now();
    std::int64_t done = 0;
    for (; done < options_.runs && fits(done, seconds_since(start)); ++done) run_once(done + 1, random);
    const double seconds = seconds_since(start);
    for (const fs::path& copy : {baseline_folder(), twin_folder()}) fs::remove_all(copy);
    if (done < options_.runs && !options_.quiet)
      std::fprintf(stderr, "modelgate: the budget allowed %lld of %lld runs\n", static_cast<long long>(done),
                   static_cast<long long>(options_.runs));
    return tell(seconds);
  }

 private:
  static Undertaking undertaking_of(const CalibrateOptions& options) {
    RunOptions run;
    run.plan = options.plan;
    run.baseline = options.baseline.empty() ? "latest" : options.baseline;
    run.only = options.only;
    run.output = options.output;
    Undertaking all = understand_plan(run);
    all.comparison.candidate_folder = all.comparison.baseline_folder;
    all.comparison.history.clear();  // what is compared with itself has come from nowhere
    steps_of(all);
    return all;
  }

  fs::path baseline_folder() const { return root_.baseline(); }
  fs::path twin_folder() const { return root_.root / "baseline-again"; }

  void check_out_twice() {
    Conductor conductor(root_, all_.plan.folder, options_.quiet || options_.json);
    fs::remove_all(twin_folder());
    for (const fs::path& folder : {baseline_folder(), twin_folder()}) {
      Step step = baseline_step("checkout", all_.options.baseline, all_.plan, root_);
      *(std::find(step.arguments.begin(), step.arguments.end(), "--to") + 1) = folder.string();
      const auto history = std::find(step.arguments.begin(), step.arguments.end(), "--history");
      step.arguments.erase(history, history + 2);
      const ProcessOutcome outcome = conductor.run(step);
      if (!outcome.succeeded())
        throw infrastructure_error("", step.words + " failed: " + Conductor::last_words(outcome),
                                   "A calibration needs a released baseline.");
      take_baseline(read_file(conductor.output_of(step)), all_.comparison);
    }
    Comparison& comparison = all_.comparison;
    comparison.baseline_folder = baseline_folder();
    comparison.candidate_folder = twin_folder();
    comparison.candidate = comparison.baseline;
    comparison.candidate.role = Role::candidate;
  }

  bool fits(std::int64_t done, double seconds) const {
    if (!(options_.budget_seconds > 0) || done < least_runs) return true;
    return seconds * static_cast<double>(done + 1) / static_cast<double>(done) <= options_.budget_seconds;
  }

  void run_once(std::int64_t number, std::mt19937_64& random) {
    const std::string digits = std::to_string(number);
    const std::string name = std::string(digits.size() < 3 ? 3 - digits.size() : 0, '0') + digits;
    Undertaking once = all_;
    once.runs = shuffled(all_.runs, random);
    once.results.root = root_.runs() / name;
    for (const fs::path& folder : {once.results.logs(), once.results.gate_verdicts()})
      fs::create_directories(folder);
    if (!options_.quiet && !options_.json && is_lively_terminal(2)) {
      std::fprintf(stderr, "\r\033[Krun %lld of %lld\n", static_cast<long long>(number),
                   static_cast<long long>(options_.runs));
    }
    Conductor conductor(once.results, all_.plan.folder, options_.quiet || options_.json);
    measure_and_judge(once, conductor, FolderState(twin_folder()));
  }

  /// Has the program say it that knows statistics.
  ExitCode tell(double seconds) {
    const fs::path file =
        options_.save.empty() ? all_.plan.folder / calibration_file : fs::path(options_.save);
    fs::create_directories(fs::absolute(file).parent_path());
    ProcessSpec spec;
    spec.argv = {require_program("modelgate-calibration").string(),
                 "--plan",
                 all_.plan_file.string(),
                 "--runs",
                 root_.runs().string(),
                 "--output",
                 file.string(),
                 "--asked",
                 std::to_string(options_.runs),
                 "--seconds",
                 std::to_string(seconds),
                 "--seed",
                 std::to_string(seed_)};
    if (options_.json) spec.argv.push_back("--json");
    spec.inherit_streams = true;
    const ProcessOutcome outcome = run_process(spec);
    if (!outcome.succeeded()) throw infrastructure_error("", "modelgate-calibration " + outcome.sentence());
    if (!options_.quiet)
      std::fprintf(stderr, "\nWritten: %s, which `modelgate run` reads; what was measured is in %s/runs.\n",
                   printable(file.string()).c_str(), printable(options_.output).c_str());
    return ExitCode::pass;
  }

  const CalibrateOptions& options_;
  Undertaking all_;
  ResultsFolder root_;
  std::uint64_t seed_ = 0;
};

}  // namespace

void CalibrateOptions::declare(OptionSet& options) {
  options.text("plan", plan, "FILE", "The plan");
  options.text(
      "baseline", baseline, "WHICH",
      "The release or green to run against itself, named as for `modelgate run` (default: the latest)");
  options.list("only", only, "GATES", "Only these gates, separated by commas");
  options.integer("runs", runs, least_runs, 10000, "N", "How many");
  options.number("budget-seconds", budget_seconds, 0, 1e9, "SECONDS",
                 "Stop when another run would take longer than this in all (0: never)");
  options.integer("seed", seed, 0, INT64_MAX, "N",
                  "Of the order in which the plan's runs are measured (0: another each time)");
  options.text("output", output, "DIR", "Where what was measured goes");
  options.text("save", save, "FILE", "Write the calibration here (default: .modelgate/calibration.json)");
  options.flag("json", json, "Print the calibration as JSON instead of the table");
  options.flag("quiet", quiet, "Print nothing but the result");
}

ExitCode calibrate(const CalibrateOptions& options) {
  watch_interrupts();
  return Campaign(options).run();
}

}  // namespace modelgate
