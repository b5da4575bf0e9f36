#include "tests/bench/verdicts/row_looks.h"

#include <mutex>

#include "gates/decision/decision.h"
#include "gates/quality/rules/looks.h"
#include "tests/bench/verdicts/eval_rows.h"
#include "tests/bench/verdicts/runs.h"

namespace modelgate {
namespace {

constexpr std::uint64_t experiment = 31;
constexpr double hard_effect = 1.5;

/// One check "accuracy margin=…", measured on until it is decided or the looks are used up.
struct Run {
  Status status = Status::inconclusive;
  std::int64_t rows = 0;
};

Run run_once(RandomStream random, const std::vector<std::int64_t>& looks, double margin, double drop) {
  const QualityRule rule;
  const LooksReached all = looks_at(looks, looks.back());
  EvalTable table;
  LooksReached reached;
  std::vector<Difference> seen;
  Run run;
  for (const Look& look : all.reached) {
    draw_rows(random, drop, look.rows, table);
    reached.reached.push_back(look);
    const Answers answers = answers_of(table);
    seen.push_back(difference_of(Measure{}, RowSample(answers), margin, rule_at(look, rule)));
    std::vector<LookRecord> records;
    const Difference result = together(seen, reached, rule, records);
    run.rows = look.rows;
    run.status = decide({result.p_regression, -result.proven, margin, result.doubt}, rule.alpha_fail);
    if (run.status != Status::inconclusive) break;
  }
  return run;
}

ThreeAnswers answers(const std::vector<std::int64_t>& looks, double margin, double drop, std::uint64_t stream,
                     std::int64_t runs, const Settings& settings) {
  ThreeAnswers all;
  for (Rate* rate : {&all.failed, &all.passed, &all.inconclusive}) rate->trials = runs;
  std::int64_t rows = 0;
  std::mutex mutex;
  over_runs(runs, settings.threads, [&](std::int64_t first, std::int64_t last) {
    ThreeAnswers part;
    std::int64_t part_rows = 0;
    for (std::int64_t number = first; number < last; ++number) {
      const Run run = run_once(RandomStream(settings.seed, stream + static_cast<std::uint64_t>(number)),
                               looks, margin, drop);
      part_rows += run.rows;
      part.failed.hits += run.status == Status::fail;
      part.passed.hits += run.status == Status::pass;
      part.inconclusive.hits += run.status == Status::inconclusive;
    }
    const std::lock_guard lock(mutex);
    rows += part_rows;
    all.failed.hits += part.failed.hits;
    all.passed.hits += part.passed.hits;
    all.inconclusive.hits += part.inconclusive.hits;
  });
  all.mean_samples = static_cast<double>(rows) / static_cast<double>(runs);
  return all;
}

}  // namespace

RowLooksResult compare_row_looks(std::vector<std::int64_t> looks, double margin_points,
                                 std::uint64_t experiment_part, const Settings& settings) {
  const double margin = margin_points / 100;
  RowLooksResult result{std::move(looks), margin_points, 0, {}, {}};
  const std::vector<double> effects = {0, 0.5, 1, hard_effect, 2, 3};
  const auto at = [&](const std::vector<std::int64_t>& plan, std::size_t effect) {
    // Every plan sees the same rows.
    const std::uint64_t stream = first_stream(experiment, experiment_part, effect, 0);
    // The error rate is the promise, and gets the most runs.
    const std::int64_t runs = effects[effect] == 1 ? settings.eval_runs : settings.effect_runs;
    return answers(plan, margin, effects[effect] * margin, stream, runs, settings);
  };
  for (std::size_t effect = 0; effect < effects.size(); ++effect)
    result.sequential[effects[effect]] = at(result.looks, effect);
  const std::int64_t wanted = result.sequential[hard_effect].failed.hits;
  std::int64_t too_few = result.looks.front() - 1;
  result.fixed_rows = result.looks.back();
  while (result.fixed_rows - too_few > result.looks.back() / 100) {
    const std::int64_t middle = (result.fixed_rows + too_few) / 2;
    (at({middle}, 3).failed.hits >= wanted ? result.fixed_rows : too_few) = middle;
  }
  for (std::size_t effect = 0; effect < effects.size(); ++effect)
    result.fixed[effects[effect]] = at({result.fixed_rows}, effect);
  return result;
}

}  // namespace modelgate
