// What the peers do, from their sources:
//
// google/benchmark, tools/compare.py: scipy.stats.mannwhitneyu(…, alternative='two-sided') on the times of
// the repetitions; p ≥ 0.05 is shown as "no difference". It shows and does not gate; as a gate it blocks what
// differs and is slower.
// benchstat (golang.org/x/perf): the exact two-sided U test at 0.05 (with ties up to 25 values), otherwise
// "~"; what differs is told by the change of the medians.
// Kayenta, NetflixACAJudge: MannWhitneyClassifier with tolerance 0.25 and confidence 0.98: High if the lower
// bound of the shift exceeds a quarter of the shift's own estimate, and the ratio of the means is at least 1
// (the default effect size). One metric that is High blocks, as a critical metric does.
// nvbench, scripts/nvbench_compare.py: SLOW if (mean − mean)/mean of the reference exceeds the smaller of the
// two relative standard deviations.
// Plain thresholds: the ratio of the medians, as many CI actions and home-made scripts do.

#include "tests/bench/verdicts/peer_rules.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <numeric>

#include "gates/statistics/distributions.h"
#include "gates/statistics/permutation.h"
#include "gates/statistics/rank_sum.h"

namespace modelgate {
namespace {

using Values = std::span<const double>;

std::vector<double> sorted(Values values) {
  std::vector<double> copy(values.begin(), values.end());
  std::sort(copy.begin(), copy.end());
  return copy;
}

double median_of_sorted(Values values) {
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

double mean_of(Values values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// U of the first, both sorted, and whether any two values are equal.
struct Ranking {
  long u = 0;
  bool ties = false;
};

Ranking rank(Values first, Values second) {
  Ranking result;
  result.ties = std::adjacent_find(first.begin(), first.end()) != first.end() ||
                std::adjacent_find(second.begin(), second.end()) != second.end();
  std::size_t below = 0;
  for (const double value : first) {
    while (below < second.size() && second[below] < value) ++below;
    result.u += static_cast<long>(below);
    result.ties = result.ties || (below < second.size() && second[below] == value);
  }
  return result;
}

/// The exact two-sided p-value of every U without ties; one table for each pair of sizes.
const std::vector<double>& exact_p(std::size_t m, std::size_t n) {
  static std::mutex mutex;
  static std::map<std::pair<std::size_t, std::size_t>, std::vector<double>> tables;
  const std::lock_guard lock(mutex);
  std::vector<double>& table = tables[{m, n}];
  if (table.empty()) {
    std::vector<long> ranks(m + n);
    std::iota(ranks.begin(), ranks.end(), 1L);
    const ExactDistribution sums = sum_of_random_subset(ranks, m);
    const long lowest = static_cast<long>(m * (m + 1) / 2);
    for (long u = 0; u <= static_cast<long>(m * n); ++u)
      table.push_back(std::min(1.0, 2 * std::min(sums.at_most(lowest + u), sums.at_least(lowest + u))));
  }
  return table;
}

double approximate_p(long u, std::size_t m, std::size_t n) {
  const auto a = static_cast<double>(m), b = static_cast<double>(n);
  const double distance = std::abs(static_cast<double>(u) - a * b / 2);
  return std::min(1.0, 2 * normal_upper((distance - 0.5) / std::sqrt(a * b * (a + b + 1) / 12)));
}

double p_of_scipy(Values first, Values second, const Ranking& ranking) {
  if (ranking.ties) return rank_sum(first, second, 0, RankMethod::normal).p_two_sided;
  if (first.size() > 8 && second.size() > 8) return approximate_p(ranking.u, first.size(), second.size());
  return exact_p(first.size(), second.size())[static_cast<std::size_t>(ranking.u)];
}

double p_of_benchstat(Values first, Values second, const Ranking& ranking) {
  const std::size_t largest = ranking.ties ? 25 : 50;
  if (first.size() > largest || second.size() > largest)
    return rank_sum(first, second, 0, RankMethod::normal).p_two_sided;
  if (ranking.ties) return rank_sum(first, second, 0, RankMethod::exact).p_two_sided;
  return exact_p(first.size(), second.size())[static_cast<std::size_t>(ranking.u)];
}

/// The relative standard deviation.
double noise_of(Values values, double mean) {
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / static_cast<double>(values.size() - 1)) / mean;
}

/// A p-value as reason to block: near 1 if it is small and the candidate slower.
double reason_of(double p, bool slower) { return slower ? 1 - p : p - 1; }

}  // namespace

const std::array<PeerDescription, peer_count>& peers() {
  static const std::array<PeerDescription, peer_count> all = {{
      {"google/benchmark", "compare.py: U test (scipy), p < 0.05, slower", 0.95, true, "1 − α"},
      {"benchstat", "exact U test, p < 0.05, slower", 0.95, true, "1 − α"},
      {"Kayenta", "U test's 98 % bound above 0.25 of the shift", 0.25, true, "tolerance"},
      {"nvbench", "change of means above the smaller relative deviation", 1, true, "deviations"},
      {"plain 5 %", "ratio of medians above 1.05", 0.05, true, "threshold"},
      {"plain 10 %", "ratio of medians above 1.10", 0.10, false, "threshold"},
  }};
  return all;
}

double p_of_scipy(Values first, Values second) {
  const std::vector<double> a = sorted(first), b = sorted(second);
  return p_of_scipy(a, b, rank(a, b));
}

double p_of_benchstat(Values first, Values second) {
  const std::vector<double> a = sorted(first), b = sorted(second);
  return p_of_benchstat(a, b, rank(a, b));
}

KayentaShift kayenta_shift(Values control, Values experiment, double confidence) {
  thread_local std::vector<double> shifts;
  shifts.clear();
  for (const double x : experiment)
    for (const double y : control) shifts.push_back(x - y);
  const auto m = static_cast<double>(experiment.size()), n = static_cast<double>(control.size());
  const double z = normal_quantile(0.5 + confidence / 2);
  // The bound is where the number of shifts above it falls below this.
  const double needed = m * n / 2 + 0.5 + z * std::sqrt(m * n * (m + n + 1) / 12);
  const double order = m * n - std::ceil(needed);
  const auto at = [&](double k) {
    const auto place = shifts.begin() + static_cast<std::ptrdiff_t>(std::clamp(k, 0.0, m * n - 1));
    std::nth_element(shifts.begin(), place, shifts.end());
    return *place;
  };
  return {(at(std::floor((m * n - 1) / 2)) + at(std::ceil((m * n - 1) / 2))) / 2, at(order)};
}

PeerScores score_by_peers(Values baseline, Values candidate) {
  const std::vector<double> old = sorted(baseline), now = sorted(candidate);
  const Ranking ranking = rank(now, old);
  const double old_mean = mean_of(old), now_mean = mean_of(now);
  const double medians = median_of_sorted(now) / median_of_sorted(old) - 1;
  const bool mostly_above = static_cast<double>(ranking.u) > static_cast<double>(old.size() * now.size()) / 2;

  const KayentaShift shift = kayenta_shift(old, now, 0.98);
  const double kayenta =
      shift.estimate > 0 && now_mean >= old_mean ? std::max(-1.0, shift.lower / shift.estimate) : -1;
  const double noise = std::min(noise_of(old, old_mean), noise_of(now, now_mean));
  // Without noise nvbench says "????" and blocks nothing.
  const double nvbench = noise > 0 ? (now_mean / old_mean - 1) / noise : 0;
  return {reason_of(p_of_scipy(now, old, ranking), mostly_above),
          reason_of(p_of_benchstat(now, old, ranking), medians > 0),
          kayenta,
          nvbench,
          medians,
          medians};
}

}  // namespace modelgate
