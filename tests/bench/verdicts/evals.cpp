#include "tests/bench/verdicts/evals.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <mutex>

#include "gates/decision/decision.h"
#include "gates/quality/rules/difference.h"
#include "tests/bench/verdicts/eval_rows.h"
#include "tests/bench/verdicts/runs.h"

namespace modelgate {
namespace {

constexpr std::int64_t rows = 1000;
constexpr std::uint64_t experiment = 30;

using Tables = std::map<EvalTable, std::int64_t>;

Tables draw_all(double drop, std::uint64_t stream, const Settings& settings) {
  Tables all;
  std::mutex mutex;
  over_runs(settings.eval_runs, settings.threads, [&](std::int64_t first, std::int64_t last) {
    Tables part;
    for (std::int64_t run = first; run < last; ++run) {
      RandomStream random(settings.seed, stream + static_cast<std::uint64_t>(run));
      EvalTable table;
      draw_rows(random, drop, rows, table);
      ++part[table];
    }
    const std::lock_guard lock(mutex);
    for (const auto& [table, count] : part) all[table] += count;
  });
  return all;
}

/// The quality gate's answer to a check "accuracy margin=…".
Status answer_of_gate(const EvalTable& table, double margin) {
  const Answers answers = answers_of(table);
  const Difference difference = difference_of(Measure{}, RowSample(answers), margin, QualityRule{});
  return decide({difference.p_regression, -difference.proven, margin, difference.doubt},
                QualityRule{}.alpha_fail);
}

EvalResult ours(const Tables& tables, double margin, double drop, const Settings& settings) {
  const std::vector<std::pair<EvalTable, std::int64_t>> counted(tables.begin(), tables.end());
  std::vector<Status> answers(counted.size());
  over_runs(static_cast<std::int64_t>(counted.size()), settings.threads, [&](auto first, auto last) {
    for (auto i = first; i < last; ++i)
      answers[static_cast<std::size_t>(i)] =
          answer_of_gate(counted[static_cast<std::size_t>(i)].first, margin);
  });
  const auto share = [&](Status status) {
    Rate rate{0, settings.eval_runs};
    for (std::size_t i = 0; i < counted.size(); ++i)
      if (answers[i] == status) rate.hits += counted[i].second;
    return rate;
  };
  return {our_evals,           100 * margin,        100 * drop,
          share(Status::fail), share(Status::pass), share(Status::inconclusive)};
}

template <typename Rule>
EvalResult unpaired(const char* name, const Tables& tables, double drop, const Settings& settings,
                    const Rule& is_worse) {
  Rate failed{0, settings.eval_runs};
  for (const auto& [table, count] : tables)
    if (is_worse(table.both + table.lost, table.both + table.gained)) failed.hits += count;
  return {name, 0, 100 * drop, failed, {failed.trials - failed.hits, failed.trials}, {0, failed.trials}};
}

}  // namespace

bool worse_by_unpaired_z(std::int64_t right_before, std::int64_t right_now, std::int64_t all) {
  const auto n = static_cast<double>(all);
  const double before = static_cast<double>(right_before) / n, now = static_cast<double>(right_now) / n;
  const double pooled = (before + now) / 2;
  return before - now > 1.959963984540054 * std::sqrt(pooled * (1 - pooled) * 2 / n);
}

bool worse_by_intervals(std::int64_t right_before, std::int64_t right_now, std::int64_t all) {
  const auto n = static_cast<double>(all);
  const double before = static_cast<double>(right_before) / n, now = static_cast<double>(right_now) / n;
  const auto half = [n](double p) { return 1.959963984540054 * std::sqrt(p * (1 - p) / n); };
  return now + half(now) < before - half(before);
}

std::vector<EvalResult> run_evals(const Settings& settings) {
  std::vector<EvalResult> results;
  const std::array<double, 4> drops = {0, 0.01, 0.015, 0.03};
  for (std::size_t i = 0; i < drops.size(); ++i) {
    const Tables tables = draw_all(drops[i], first_stream(experiment, i, 0, 0), settings);
    for (const double margin : {0.0, 0.01, 0.015})
      results.push_back(ours(tables, margin, drops[i], settings));
    results.push_back(unpaired(unpaired_z, tables, drops[i], settings,
                               [](auto before, auto now) { return worse_by_unpaired_z(before, now, rows); }));
    results.push_back(unpaired(apart_intervals, tables, drops[i], settings,
                               [](auto before, auto now) { return worse_by_intervals(before, now, rows); }));
  }
  return results;
}

}  // namespace modelgate
