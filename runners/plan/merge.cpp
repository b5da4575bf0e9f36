#include "runners/plan/merge.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <set>

#include "runners/plan/candidate.h"
#include "runners/plan/concluding.h"
#include "runners/plan/conductor.h"
#include "runners/plan/deciding.h"
#include "runners/plan/job_results.h"
#include "runners/plan/programs.h"
#include "runners/plan/run.h"
#include "runners/plan/undertaking.h"
#include "runners/recording/parts.h"
#include "schemas/documents/measurements.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/tool.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Brings together what jobs left in the results of the whole.
class Merging {
 public:
  Merging(Undertaking& all, std::vector<JobResults> jobs) : all_(all), jobs_(std::move(jobs)) {}

  /// Takes over what was judged, and the measurements. The gates that are still to be judged.
  std::vector<PlanGate> collect() {
    take_subjects();
    for (const JobResults& job : jobs_)
      if (!job.record.shard) take_judged(job);
    std::vector<PlanGate> open = again_;
    for (const PlanGate& gate : all_.gates) {
      if (judged_.contains(gate.name)) continue;
      if (take_measured(gate)) open.push_back(gate);
    }
    for (const JobResults& job : jobs_)
      for (const std::string& note : job.record.notes)
        if (!holds(all_.notes, note)) all_.notes.push_back(note);
    return open;
  }

  std::optional<Sampling> sampling() const { return joined_sampling(jobs_); }

 private:
  void take_subjects() {
    const JobRecord& record = jobs_.front().record;
    Comparison& comparison = all_.comparison;
    comparison.candidate = record.candidate;
    comparison.first_release = record.first_release;
    if (record.baseline) comparison.baseline = *record.baseline;
    all_.candidate_name = record.candidate_name;
    for (const JobResults& job : jobs_)
      if (fs::exists(job.folder.history()) && !fs::exists(all_.results.history()))
        copy_files(job.folder.history(), all_.results.history());
  }

  void take_judged(const JobResults& job) {
    for (const PlanGate& gate : all_.gates) {
      if (!holds(job.record.gates, gate.name)) continue;
      if (!judged_.insert(gate.name).second)
        throw infrastructure_error(job.folder.root.string(),
                                   "judges '" + gate.name + "', which another job judged, too",
                                   "Each gate is of one job; leave the results of the other out.");
      if (!fs::exists(all_.results.measurements(gate.from))) take_run(job, gate.from);
      // The job may not have been told to be strict.
      if (all_.options.fail_on_flaky && gate.kind == "unit") {
        again_.push_back(gate);
        continue;
      }
      const fs::path name = gate.name + ".json";
      // What a gate did not leave, the suite finds missing.
      if (fs::exists(job.folder.gate_verdicts() / name))
        copy_files(job.folder.gate_verdicts() / name, all_.results.gate_verdicts() / name);
      const fs::path examples = gate.name + ".jsonl";
      if (fs::exists(job.folder.examples() / examples))
        copy_files(job.folder.examples() / examples, all_.results.examples() / examples);
    }
  }

  void take_run(const JobResults& job, const std::string& run) {
    if (fs::exists(job.folder.measurements(run)))
      copy_files(job.folder.measurements(run), all_.results.measurements(run));
  }

  /// False, and said, where shards did not bring all of what the gate judges.
  bool take_measured(const PlanGate& gate) {
    const fs::path place = all_.results.measurements(gate.from);
    // Of a job that should have judged this gate, too: the suite finds it missing.
    if (fs::exists(place)) return shared_.contains(gate.from);
    shared_.insert(gate.from);
    std::vector<const JobResults*> having;
    for (const JobResults& job : jobs_)
      if (job.record.shard && holds(job.record.runs, gate.from)) having.push_back(&job);
    try {
      if (having.empty()) throw infrastructure_error("", "no job brought it");
      if (!is_part(*having.front(), gate.from)) {
        if (having.size() > 1) throw infrastructure_error("", "two jobs brought all of it");
        take_run(*having.front(), gate.from);
        return true;
      }
      join(having, gate.from, Role::candidate);
      if (!all_.comparison.first_release) join(having, gate.from, Role::baseline);
      return true;
    } catch (const Error& error) {
      fs::remove_all(place);
      std::fprintf(stderr, "the measurements of '%s', which '%s' judges, are not there: %s%s\n",
                   gate.from.c_str(), gate.name.c_str(),
                   error.where().empty() ? "" : (printable(error.where()) + ": ").c_str(),
                   printable(error.message()).c_str());
      return false;
    }
  }

  static fs::path document(const JobResults& job, const std::string& run, Role role) {
    return job.folder.measurements(run) / (name_of(role) + ".json");
  }

  static bool is_part(const JobResults& job, const std::string& run) {
    return read_measurements(document(job, run, Role::candidate)).part.has_value();
  }

  void join(const std::vector<const JobResults*>& jobs, const std::string& run, Role role) {
    std::vector<Measurements> parts;
    for (const JobResults* job : jobs) parts.push_back(read_measurements(document(*job, run, role)));
    const Measurements whole = joined_parts(std::move(parts));
    fs::create_directories(all_.results.measurements(run));
    write_file(all_.results.measurements(run) / (name_of(role) + ".json"), to_json(whole));
  }

  Undertaking& all_;
  std::vector<JobResults> jobs_;
  std::set<std::string> judged_;  ///< Gates, by jobs.
  std::vector<PlanGate> again_;   ///< Of these, those that are judged again.
  std::set<std::string> shared_;  ///< Runs that shards measured.
};

/// What a gate reads of the candidate's folder must be of this candidate.
void find_candidate(Undertaking& all, const std::vector<PlanGate>& open) {
  Comparison& comparison = all.comparison;
  const bool is_read = std::any_of(open.begin(), open.end(), [](const PlanGate& gate) {
    return std::any_of(gate.settings.begin(), gate.settings.end(), [](const PlanSetting& setting) {
      return !setting.values.empty() && setting.values.front().find("{subject}") != std::string::npos;
    });
  });
  if (!is_read) return;
  comparison.candidate_folder = candidate_folder(all.plan, all.candidate_name);
  if (FolderState(comparison.candidate_folder).digest() != comparison.candidate.digest)
    throw infrastructure_error(comparison.candidate_folder.string(),
                               "is another candidate than the one that the jobs measured",
                               "Bring the same build to this job.");
}

Undertaking understand_or_forget(const RunOptions& options) {
  try {
    return understand_plan(options);
  } catch (...) {
    if (!options.output.empty()) results_folder(options).forget_verdict();
    throw;
  }
}

/// The results are written anew; what is joined must not be among what is removed for that.
void expect_apart(const std::vector<JobResults>& jobs, const ResultsFolder& results) {
  for (const JobResults& job : jobs) {
    const auto inside = [](const fs::path& path, const fs::path& folder) {
      const fs::path relative = fs::weakly_canonical(path).lexically_relative(fs::weakly_canonical(folder));
      return !relative.empty() && *relative.begin() != "..";
    };
    if (inside(job.folder.root, results.root) || inside(results.root, job.folder.root))
      throw usage_error("--output", results.root.string() + " and the results of a job lie within each other",
                        "Name another folder.");
  }
}

}  // namespace

void MergeOptions::declare(OptionSet& options) {
  options.positional_list("dir", folders, "The results of the jobs, or folders that hold such");
  options.text("plan", plan, "FILE", "The plan");
  options.list("only", only, "GATES", "Only these gates are expected, separated by commas");
  options.text("output", output, "DIR", "Where the results go");
  options.flag("fail-on-flaky", fail_on_flaky, "A test that passed only when it was run again fails");
  options.choice("inconclusive", inconclusive, {"block", "warn"},
                 "What checks do that cannot be decided (default: as the plan or the branch says)");
  options.flag("json", json, "Print the verdict as JSON instead of the table");
  options.flag("quiet", quiet, "Print nothing but errors");
}

ExitCode merge_jobs(const MergeOptions& options) {
  watch_interrupts();
  RunOptions run;
  run.plan = options.plan;
  run.only = options.only;
  run.output = options.output;
  run.fail_on_flaky = options.fail_on_flaky;
  run.inconclusive = options.inconclusive;
  run.json = options.json;
  run.quiet = options.quiet;
  Undertaking all = understand_or_forget(run);
  std::optional<std::vector<JobResults>> jobs;
  std::optional<Error> trouble;
  try {
    jobs = find_jobs(options.folders);
    expect_apart(*jobs, all.results);
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::usage) throw;
    trouble = error;
  }
  const HeldResults held(all.results,
                         unfinished_verdict(all.plan, all.comparison.candidate, "the jobs were not joined"));
  Conductor conductor(all.results, all.plan.folder, options.quiet || options.json);
  fs::create_directories(all.results.gate_verdicts());
  try {
    if (trouble) throw *trouble;
    expect_alike(*jobs, all.plan);
    Merging merging(all, std::move(*jobs));
    const std::vector<PlanGate> open = merging.collect();
    find_candidate(all, open);
    const Verdict verdict = judge_and_join(all, open, merging.sampling(), conductor);
    return deliver_verdict(all, verdict, conductor);
  } catch (const std::exception& problem) {
    conclude_as_error(all, conductor, problem, false);
    throw;
  }
}

}  // namespace modelgate
