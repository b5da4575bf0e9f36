#include "runners/plan/undertaking.h"

#include <algorithm>
#include <optional>

#include "runners/plan/baseline_choice.h"
#include "runners/plan/calibrated.h"
#include "runners/plan/candidate.h"
#include "runners/plan/destination.h"
#include "runners/recording/parts.h"
#include "runners/recording/recording.h"
#include "runners/revision/working_copy.h"
#include "schemas/documents/manifest.h"
#include "schemas/tool/clock.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

void add_note(Undertaking& all, const std::string& note) { all.notes.push_back(note); }

bool lies_in(const fs::path& path, const fs::path& folder) {
  const fs::path inside = fs::weakly_canonical(path).lexically_relative(fs::canonical(folder));
  return !inside.empty() && *inside.begin() != "..";
}

/// What the suite is told about checks that cannot be decided. Nothing where the plan says it all.
std::vector<std::string> policy_options(const RunOptions& options, const Plan& plan,
                                        const Pipeline& pipeline) {
  if (!options.inconclusive.empty()) return {"--inconclusive=" + options.inconclusive};
  if (plan.inconclusive) return {};
  return options_of(destination_of(plan.folder, pipeline));
}

BaselineWish wish_of(const RunOptions& options, const Plan& plan) {
  if (options.baseline.empty()) return plan.baseline;
  const std::optional<BaselineWish> wish = baseline_wish(options.baseline);
  if (!wish)
    throw usage_error("--baseline", "'" + beginning(options.baseline) + "' names no baseline",
                      baseline_forms);
  return *wish;
}

/// Every unit gate fails by flaky tests, as if the plan said so.
void demand_steadiness(std::vector<PlanGate>& gates) {
  const PlanSetting demand{"fail_on_flaky", {"true"}, true};
  for (PlanGate& gate : gates)
    if (gate.kind == "unit" &&
        std::find(gate.settings.begin(), gate.settings.end(), demand) == gate.settings.end())
      gate.settings.push_back(demand);
}

}  // namespace

std::vector<std::string> gate_names(const std::vector<std::string>& entries) {
  std::vector<std::string> names;
  for (const std::string& entry : entries)
    for (std::size_t begin = 0; begin <= entry.size();) {
      const std::size_t end = std::min(entry.find(',', begin), entry.size());
      const std::string name = entry.substr(begin, end - begin);
      if (name.empty()) throw usage_error("--only", "'" + entry + "' holds an empty name");
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
      begin = end + 1;
    }
  return names;
}

Plan plan_at(const std::string& path) {
  if (!fs::exists(path))
    throw usage_error(path, "there is no such plan",
                      "`modelgate init` writes one; --plan FILE names another.");
  return read_plan(path);
}

ResultsFolder results_folder(const RunOptions& options) {
  if (options.output.empty()) throw usage_error("--output", "is empty");
  ResultsFolder results{fs::absolute(options.output).lexically_normal()};
  if (!results.root.has_filename()) results.root = results.root.parent_path();
  return results;
}

Undertaking understand_plan(const RunOptions& options) {
  if (options.changed && !options.shard.empty())
    throw usage_error("--changed", "cannot be given together with --shard",
                      "All shards must measure the same; --only chooses gates.");
  Undertaking all;
  all.options = options;
  all.results = results_folder(options);
  all.notes = options.notes;
  all.plan_file = fs::absolute(options.plan).lexically_normal();
  all.plan = plan_at(options.plan);
  if (options.first_release && !options.baseline.empty())
    throw usage_error("--first-release", "cannot be given together with --baseline");
  all.pipeline = pipeline_of(environment_variable);
  all.wish = wish_of(options, all.plan);
  all.options.baseline = all.wish.text();
  if (options.budget_seconds >= 0) all.plan.budget.seconds = options.budget_seconds;
  if (options.time_limit_seconds > 0)
    all.deadline = std::chrono::steady_clock::now() +
                   std::chrono::milliseconds(static_cast<std::int64_t>(options.time_limit_seconds * 1000));
  all.only = gate_names(options.only);
  all.gates = chosen_gates(all.plan, all.only);
  if (options.fail_on_flaky) demand_steadiness(all.gates);
  all.record = record_of(all.pipeline, all.plan.folder);
  all.suite_options = policy_options(options, all.plan, all.pipeline);
  all.runs = needed_runs(all.plan, all.gates);
  if (!options.shard.empty()) {
    const Part part = part_from(options.shard, "--shard");
    all.shard = Shard{part.number, part.of};
    all.runs = runs_of_shard(*all.shard, all.runs);
  }
  all.comparison.first_release = options.first_release;
  all.comparison.baseline_folder = all.results.baseline();
  all.comparison.history = all.results.history();
  all.comparison.candidate = {Role::candidate, all.plan.name, "", "", ""};
  all.comparison.baseline = {Role::baseline, all.plan.name, "", "", ""};
  return all;
}

Undertaking understand(const RunOptions& options) {
  Undertaking all = understand_plan(options);
  const CalibrationUse calibrated = calibration_for(all.plan, utc_day(), environment_fingerprint());
  take_pairs(calibrated, all.runs);
  for (const std::string& note : calibrated.notes) add_note(all, note);
  const std::string name = all.candidate_name = candidate_name(all.plan, options.candidate);
  Comparison& comparison = all.comparison;
  comparison.candidate_folder = candidate_folder(all.plan, name);
  if (lies_in(all.results.root, comparison.candidate_folder))
    throw usage_error("--output", all.results.root.string() + " lies within the candidate's folder",
                      "Results must not become a part of what would be released.");
  comparison.candidate.version = options.candidate_version.empty() ? name : options.candidate_version;
  steps_of(all);
  return all;
}

void settle_baseline(Undertaking& all) {
  if (all.comparison.first_release) return;
  const BaselineChoice choice =
      choose_baseline(all.wish, all.plan, all.pipeline, {!all.options.dry_run, all.options.fetch_seconds});
  all.options.baseline = choice.version;
  // What --changed has found out stays, where the baseline is another one.
  if (!choice.merge_base.empty()) all.record.merge_base = choice.merge_base;
  for (const std::string& note : choice.notes) add_note(all, note);
}

void identify_commit(Undertaking& all) {
  const WorkingCopy copy = read_working_copy(all.plan.folder);
  all.comparison.candidate.commit = copy.commit;
  all.comparison.candidate.modified = copy.modified;
  if (!copy.trouble.empty()) add_note(all, copy.trouble);
}

std::vector<Step> shard_steps(const Undertaking& all) {
  const std::string part = std::to_string(all.shard->number) + "/" + std::to_string(all.shard->of);
  std::vector<Step> steps;
  for (const std::vector<std::string>& chain : chains_of(all.plan.runs))
    for (const PlanRun& run : all.runs) {
      if (std::find(chain.begin(), chain.end(), run.name) == chain.end()) continue;
      Stretch stretch;
      if (can_be_shared(chain, all.plan.runs)) stretch.part = part;
      steps.push_back(run_step(run, all.plan, all.comparison, all.results, stretch));
    }
  return steps;
}

JobRecord job_record_of(const Undertaking& all, const std::optional<Sampling>& sampling) {
  JobRecord record;
  record.plan_digest = all.plan.digest;
  record.created = utc_now();
  record.candidate = all.comparison.candidate;
  record.candidate_name = all.candidate_name;
  record.first_release = all.comparison.first_release;
  if (!record.first_release) record.baseline = all.comparison.baseline;
  for (const PlanGate& gate : all.gates) record.gates.push_back(gate.name);
  for (const PlanRun& run : all.runs) record.runs.push_back(run.name);
  record.shard = all.shard;
  record.sampling = sampling;
  record.notes = all.notes;
  return record;
}

Step suite_step_of(const Undertaking& all) {
  std::vector<std::string> more = all.suite_options;
  for (const std::string& note : all.notes) more.push_back("--note=" + note);
  for (const std::string& entry : entries_of(all.record)) more.push_back("--pipeline=" + entry);
  return suite_step(all.plan_file, all.only, all.comparison, all.results, more);
}

std::vector<Step> steps_of(const Undertaking& all) {
  std::vector<Step> steps;
  if (!all.comparison.first_release)
    steps.push_back(baseline_step("checkout", all.options.baseline, all.plan, all.results));
  if (all.shard) {
    for (const Step& step : shard_steps(all)) steps.push_back(step);
    return steps;
  }
  for (const PlanRun& run : all.runs) steps.push_back(run_step(run, all.plan, all.comparison, all.results));
  for (const PlanGate& gate : all.gates)
    steps.push_back(gate_step(gate, all.plan, all.comparison, all.results));
  steps.push_back(suite_step_of(all));
  for (const Step& step : report_steps(all.results)) steps.push_back(step);
  return steps;
}

void take_baseline(const std::string& manifest, Comparison& comparison) {
  const Manifest read = manifest_from(parse_json(manifest, "the baseline's manifest"));
  comparison.baseline.version = read.version;
  comparison.baseline.commit = read.commit;
  comparison.baseline.digest = read.digest;
}

}  // namespace modelgate
