#include "gates/calibration/repeated_runs.h"

#include <fmt/format.h>

#include <algorithm>

#include "gates/calibration/check_record.h"
#include "schemas/tool/clock.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

// No number of pairs beyond this is measured because of a calibration alone.
constexpr std::int64_t most_pairs = 200;

std::vector<OneRun> read_runs(const Plan& plan, const fs::path& folder) {
  std::vector<fs::path> folders;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(folder, failure))
    if (fs::exists(entry.path() / "verdict.json")) folders.push_back(entry.path());
  if (folders.empty())
    throw usage_error(folder.string(), "holds no runs", "`modelgate calibrate` makes them.");
  std::sort(folders.begin(), folders.end());
  std::vector<OneRun> runs;
  for (const fs::path& one : folders) {
    OneRun run{read_verdict(one / "verdict.json"), {}};
    if (run.verdict.plan_digest != plan.digest)
      throw usage_error((one / "verdict.json").string(), "is of another plan", "Calibrate anew.");
    for (const PlanRun& planned : plan.runs) {
      const fs::path measured = one / "measurements" / planned.name;
      if (fs::exists(measured / "baseline.json") && fs::exists(measured / "candidate.json"))
        run.measured[planned.name] = {read_measurements(measured / "baseline.json"),
                                      read_measurements(measured / "candidate.json")};
    }
    runs.push_back(std::move(run));
  }
  return runs;
}

std::string run_of_gate(const Plan& plan, const std::string& gate) {
  for (const PlanGate& one : plan.gates)
    if (one.name == gate) return one.from;
  return "";
}

std::string counted(std::int64_t count, const char* singular, const char* plural) {
  return fmt::format("{} {}", count, count == 1 ? singular : plural);
}

std::string sentence_of(const Calibration& calibration) {
  const auto noisy = std::count_if(calibration.checks.begin(), calibration.checks.end(),
                                   [](const CalibratedCheck& check) { return check.too_noisy; });
  const std::string blocks = calibration.blocks.count == 0
                                 ? "no false block"
                                 : counted(calibration.blocks.count, "false block", "false blocks");
  // What never could be measured or decided says nothing good.
  const auto never = std::count_if(
      calibration.checks.begin(), calibration.checks.end(),
      [](const CalibratedCheck& check) { return check.inconclusive.count == check.inconclusive.of; });
  const std::string undecided =
      never == 0 ? "" : ", " + counted(never, "check was", "checks were") + " never decided";
  return fmt::format("{} of {} against itself: {} (at most {:.1f} % by 95 %){}, {}",
                     counted(calibration.runs, "run", "runs"),
                     calibration.baseline.version.empty() ? "the baseline" : calibration.baseline.version,
                     blocks, 100 * calibration.blocks.upper, undecided,
                     noisy == 0 ? std::string("and no check is too noisy for its margin")
                                : fmt::format("{} of {} too noisy for {} margin", noisy,
                                              counted(static_cast<std::int64_t>(calibration.checks.size()),
                                                      "check", "checks"),
                                              noisy == 1 ? "its" : "their"));
}

}  // namespace

Calibration calibrate(const Plan& plan, const RepeatedRuns& repeated) {
  const std::vector<OneRun> runs = read_runs(plan, repeated.folder);
  if (std::all_of(runs.begin(), runs.end(),
                  [](const OneRun& run) { return run.verdict.status == Status::error; }))
    throw infrastructure_error(repeated.folder.string(),
                               "no run could be measured: " + runs.back().verdict.sentence,
                               "Each run's folder holds its verdict and logs.");
  Calibration calibration;
  calibration.created = utc_now();
  calibration.plan_digest = plan.digest;
  const Verdict& first = runs.front().verdict;
  calibration.baseline = first.baseline.value_or(first.candidate);
  calibration.baseline.role = Role::baseline;
  calibration.environment = first.environment;
  calibration.runs = static_cast<std::int64_t>(runs.size());
  calibration.asked = std::max(repeated.asked, calibration.runs);
  calibration.seconds = repeated.seconds;
  calibration.seed = repeated.seed;
  calibration.alpha_fail = plan.alpha_fail;
  calibration.alpha_pass = plan.alpha_pass;
  calibration.blocks =
      rate_of(std::count_if(runs.begin(), runs.end(),
                            [](const OneRun& run) { return run.verdict.status == Status::fail; }),
              calibration.runs);

  const std::map<CheckKey, CheckRecord> records = records_of(runs);
  // What Holm asks of the first of all checks that are judged by statistics.
  const auto family = std::count_if(records.begin(), records.end(), [](const auto& entry) {
    return entry.second.last.p_regression.has_value();
  });
  const double alpha_fail = plan.alpha_fail / static_cast<double>(std::max<std::ptrdiff_t>(family, 1));
  for (const auto& [key, record] : records) {
    CalibratedCheck check;
    std::tie(check.gate, check.name, check.slice) = key;
    const std::int64_t of = record.blocks + record.passes + record.inconclusive;
    check.blocks = rate_of(record.blocks, of);
    check.inconclusive = rate_of(record.inconclusive, of);
    if (record.last.margin) {
      check.margin = record.last.margin;
      check.unit = record.last.effect ? record.last.effect->unit : "";
    }
    const std::string run = run_of_gate(plan, check.gate);
    add_noise(check, record, runs, run, plan.alpha_pass, alpha_fail);
    add_rows(check, record, alpha_fail);
    if (check.suggested_pairs) {
      std::int64_t& pairs = calibration.pairs[run];
      pairs = std::max(pairs, std::min(*check.suggested_pairs, most_pairs));
    }
    calibration.checks.push_back(std::move(check));
  }
  calibration.sentence = sentence_of(calibration);
  return calibration;
}

}  // namespace modelgate
