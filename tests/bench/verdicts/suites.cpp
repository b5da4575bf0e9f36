#include "tests/bench/verdicts/suites.h"

#include <cmath>
#include <mutex>

#include "tests/bench/verdicts/processes.h"
#include "tests/bench/verdicts/runs.h"
#include "tests/bench/verdicts/suite_run.h"

namespace modelgate {
namespace {

constexpr std::int64_t first_look = 10;
constexpr std::uint64_t pilot_experiment = 255;

/// Sums over runs: whole numbers, so that the order in which threads add them makes no difference.
struct Sums {
  std::int64_t blocked = 0, undecided = 0;                // runs
  std::int64_t passed = 0, failed = 0, inconclusive = 0;  // checks
  std::int64_t run_pairs = 0, check_pairs = 0;

  void add(const SuiteEnd& end) {
    blocked += end.failed > 0;
    undecided += end.failed == 0 && end.inconclusive > 0;
    passed += end.passed;
    failed += end.failed;
    inconclusive += end.inconclusive;
    run_pairs += end.run_pairs;
    check_pairs += end.check_pairs;
  }
  void add(const Sums& other) {
    blocked += other.blocked;
    undecided += other.undecided;
    passed += other.passed;
    failed += other.failed;
    inconclusive += other.inconclusive;
    run_pairs += other.run_pairs;
    check_pairs += other.check_pairs;
  }
};

Sums sum_over_runs(const NoiseModel& model, std::uint64_t stream, std::size_t checks, std::size_t family,
                   const OurRule& rule, double effect, std::int64_t runs, const Settings& settings) {
  Sums all;
  std::mutex mutex;
  over_runs(runs, settings.threads, [&](std::int64_t first, std::int64_t last) {
    Sums part;
    for (std::int64_t run = first; run < last; ++run) {
      Processes processes(model, checks, rule.most_pairs(), settings.seed,
                          stream + static_cast<std::uint64_t>(run));
      part.add(run_suite(rule, processes, checks, family, effect * settings.log_margin()));
    }
    const std::lock_guard lock(mutex);
    all.add(part);
  });
  return all;
}

/// Different for every effect of the experiments, which are multiples of an eighth of the margin.
std::uint64_t number_of(double effect) { return static_cast<std::uint64_t>(std::lround(effect * 8)); }

std::uint64_t size_number(std::size_t checks) { return std::min<std::size_t>(checks, 255); }

}  // namespace

double Settings::log_margin() const { return std::log1p(margin); }

std::vector<std::int64_t> planned_looks(std::int64_t pairs) {
  std::vector<std::int64_t> looks;
  for (std::int64_t look = first_look; look < pairs; look *= 2) looks.push_back(look);
  looks.push_back(pairs);
  return looks;
}

std::int64_t pairs_to_plan(const NoiseModel& model, std::size_t model_number, std::size_t checks,
                           const Settings& settings) {
  std::int64_t pairs = first_look;
  for (; pairs < 160; pairs *= 2) {
    const OurRule rule(settings.log_margin(), planned_looks(pairs));
    const SuiteResult pilot =
        run_suites(model, model_number, checks, rule, 0, settings.pilot_runs, pilot_experiment, settings);
    if (pilot.inconclusive.hits * 100 <= pilot.inconclusive.trials * 3) break;
  }
  return pairs;
}

SuiteResult run_suites(const NoiseModel& model, std::size_t model_number, std::size_t checks,
                       const OurRule& rule, double effect, std::int64_t runs, std::uint64_t experiment,
                       const Settings& settings) {
  const std::uint64_t stream = first_stream(experiment, model_number, size_number(checks), number_of(effect));
  const Sums sums = sum_over_runs(model, stream, checks, checks, rule, effect, runs, settings);
  const auto count = static_cast<double>(runs);
  return {model.name,
          checks,
          rule.looks(),
          {sums.blocked, runs},
          {sums.undecided, runs},
          static_cast<double>(sums.run_pairs) / count,
          static_cast<double>(sums.check_pairs) / count / static_cast<double>(checks)};
}

EffectResult run_checks(const NoiseModel& model, std::size_t model_number, std::size_t family,
                        const OurRule& rule, double effect, std::int64_t runs, std::uint64_t experiment,
                        const Settings& settings) {
  const std::uint64_t stream = first_stream(experiment, model_number, size_number(family), number_of(effect));
  const Sums sums = sum_over_runs(model, stream, 1, family, rule, effect, runs, settings);
  return {model.name,
          family,
          rule.looks(),
          effect,
          {{sums.failed, runs},
           {sums.passed, runs},
           {sums.inconclusive, runs},
           static_cast<double>(sums.check_pairs) / static_cast<double>(runs)}};
}

}  // namespace modelgate
