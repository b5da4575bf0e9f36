#include "runners/selftest/selftest.h"

#include <filesystem>
#include <list>
#include <optional>

#include "runners/plan/candidate.h"
#include "runners/plan/undertaking.h"
#include "runners/recording/scratch_folder.h"
#include "runners/selftest/laboratory.h"
#include "runners/selftest/losses.h"
#include "runners/selftest/matrix.h"
#include "runners/selftest/plant_cases.h"
#include "runners/selftest/plant_records.h"
#include "runners/selftest/plant_samples.h"
#include "runners/selftest/plant_tensors.h"
#include "runners/selftest/plant_verdicts.h"
#include "runners/selftest/report.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

ResultsFolder measured_results(const std::string& folder) {
  const ResultsFolder results{fs::absolute(folder).lexically_normal()};
  std::error_code ignored;
  if (!fs::is_directory(results.root / "measurements", ignored))
    throw usage_error(
        folder, "holds no measurements",
        "Selftest plants in those of the last run: run `modelgate run` once, or name its folder "
        "with --results.");
  return results;
}

/// The folder in which trials lie.
class TrialsFolder {
 public:
  explicit TrialsFolder(const std::string& keep) {
    if (keep.empty()) {
      path_ = scratch_.emplace().path();
      return;
    }
    path_ = fs::absolute(keep).lexically_normal();
    std::error_code failure;
    if (fs::exists(path_, failure) && !(fs::is_directory(path_, failure) && fs::is_empty(path_, failure)))
      throw usage_error("--keep", path_.string() + " is not an empty folder", "Name a new one.");
    fs::create_directories(path_, failure);
    if (failure) throw infrastructure_error(path_.string(), "cannot be created: " + failure.message());
  }
  const fs::path& path() const { return path_; }

 private:
  std::optional<ScratchFolder> scratch_;
  fs::path path_;
};

void plant(const Specimen& specimen, Laboratory& laboratory, Matrix& matrix, WholeVerdicts& whole) {
  const std::string& kind = specimen.gate.kind;
  if (kind == "unit") plant_cases(specimen, laboratory, matrix, whole);
  if (kind == "performance") plant_samples(specimen, laboratory, matrix, whole);
  if (kind == "quality") plant_records(specimen, laboratory, matrix, whole);
  if (kind == "regression") plant_tensors(specimen, laboratory, matrix, whole);
  plant_losses(specimen, laboratory, matrix);
}

/// The candidate's folder, where a gate names it; what is planted has nothing to do with it otherwise.
fs::path subject_folder(const Plan& plan, const std::vector<PlanGate>& gates, const std::string& candidate) {
  for (const PlanGate& gate : gates)
    for (const PlanSetting& setting : gate.settings)
      if (setting.key == "golden") return candidate_folder(plan, candidate_name(plan, candidate));
  return plan.folder;
}

}  // namespace

void SelftestOptions::declare(OptionSet& options) {
  options.text("plan", plan, "FILE", "The plan");
  options.text("results", results, "DIR", "What `modelgate run` left, whose measurements are copied");
  options.text("candidate", candidate, "NAME",
               "Whose golden files are compared with (default: the plan's default_candidate)");
  options.list("only", only, "GATES", "Only these gates, separated by commas");
  options.text("keep", keep, "DIR", "Leave all that was planted here, a folder for each trial");
  options.flag("json", json, "Print all rows as JSON instead of the table");
}

ExitCode selftest(const SelftestOptions& options) {
  watch_interrupts();
  const Plan plan = plan_at(options.plan);
  const std::vector<std::string> only = gate_names(options.only);
  const std::vector<PlanGate> gates = chosen_gates(plan, only);
  const ResultsFolder results = measured_results(options.results);
  const fs::path folder = subject_folder(plan, gates, options.candidate);
  const TrialsFolder trials(options.keep);
  Laboratory laboratory(trials.path(), plan.folder, !options.keep.empty());
  Matrix matrix;
  WholeVerdicts whole;
  std::list<Specimen> specimens;  // in place until all trials were judged
  for (const PlanGate& gate : gates) {
    try {
      specimens.push_back(specimen_of(gate, plan, folder, results));
      plant(specimens.back(), laboratory, matrix, whole);
    } catch (const Error& error) {
      Obtained nothing;
      nothing.words = error.where() + ": " + error.message();
      matrix.add({gate.name, "", {}, Level::none, "nothing", Expected::not_fail}, nothing);
    }
  }
  laboratory.run();
  plant_verdicts(fs::absolute(options.plan), plan, gates, only, whole, laboratory, matrix);
  laboratory.run();
  matrix.correct_for_many(plan.alpha_fail);
  std::vector<std::string> order;
  for (const PlanGate& gate : gates) order.push_back(gate.name);
  matrix.arrange(order);
  if (!options.keep.empty()) matrix.note("what was planted lies in " + trials.path().string());
  write_stdout(options.json ? report_json(matrix, laboratory.trials())
                            : report_table(matrix, laboratory.trials()));
  return matrix.exit_code();
}

}  // namespace modelgate
