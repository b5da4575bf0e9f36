// Wilcoxon's rank-sum test, which is Mann and Whitney's, and the Hodges–Lehmann shift that belongs to it.
//
// Method: all values are ranked together; under the hypothesis each set of m ranks is equally likely to be
// the first sample's. The distribution of the midranks as they are is found exactly, with ties as without.
// The shift is the median of the m·n differences, its bounds are the k-th smallest and k-th largest with
// error P(U ≤ k − 1) (Hollander, Wolfe & Chicken, Nonparametric Statistical Methods, 4.1–4.3).
//
// Assumption: independent values; for the shift, two distributions of one shape. Limits: with ties the bounds
// are conservative; {2,1,3,5} against five ones has p = 6/126, not 0.

#include "gates/statistics/rank_sum.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include "gates/statistics/descriptive.h"
#include "gates/statistics/distributions.h"
#include "gates/statistics/input.h"
#include "gates/statistics/selection.h"

namespace modelgate {

namespace {

bool cheap(std::size_t m, std::size_t n) {
  const std::size_t all = m + n, fewer = std::min(m, n);
  return all <= 1000 && all * fewer * fewer * 2 * all <= 100'000'000;
}

/// Of the sum of `size` ranks out of 1 … `all`. Kept from call to call of a thread: many comparisons have as
/// many values each.
const ExactDistribution& sum_of_untied_ranks(std::size_t size, std::size_t all) {
  thread_local std::pair<std::size_t, std::size_t> kept{0, 0};
  thread_local ExactDistribution distribution;
  if (kept != std::pair{size, all}) {
    std::vector<long> ranks(all);
    std::iota(ranks.begin(), ranks.end(), 1L);
    distribution = sum_of_random_subset(ranks, size);
    kept = {size, all};
  }
  return distribution;
}

/// Whether doubled midranks are those of values of which no two are equal.
bool untied(std::span<const long> ranks) {
  std::vector<bool> seen(ranks.size() + 1);
  for (const long rank : ranks) {
    const auto place = static_cast<std::size_t>(rank / 2);
    if (rank % 2 != 0 || seen[place]) return false;
    seen[place] = true;
  }
  return true;
}

void approximate(RankSumTest& test, std::span<const long> ranks, double m, double n) {
  // The variance of midranks drawn without replacement, which contains the correction for ties.
  const double all = m + n, center = (all + 1) / 2;
  double squares = 0;
  for (const long rank : ranks) {
    const double distance = static_cast<double>(rank) / 2 - center;
    squares += distance * distance;
  }
  const double deviation = std::sqrt(m * n / (all * (all - 1)) * squares);
  const double distance = test.u - m * n / 2;
  if (!(deviation > 0)) return;  // all values are equal: every p stays 1
  test.p_greater = normal_upper((distance - 0.5) / deviation);
  test.p_less = normal_lower((distance + 0.5) / deviation);
  test.p_two_sided = std::min(1.0, 2 * normal_upper((std::abs(distance) - 0.5) / deviation));
}

}  // namespace

RankSumTest rank_sum(std::span<const double> first, std::span<const double> second, double shift,
                     std::optional<RankMethod> method) {
  require_values(first, 1);
  require_values(second, 1);
  require_value(shift);
  std::vector<double> all;
  all.reserve(first.size() + second.size());
  for (const double value : first) all.push_back(value - shift);
  all.insert(all.end(), second.begin(), second.end());

  const std::vector<long> ranks = doubled_midranks(all);
  const long doubled =
      std::accumulate(ranks.begin(), ranks.begin() + static_cast<std::ptrdiff_t>(first.size()), 0L);
  const auto m = static_cast<double>(first.size()), n = static_cast<double>(second.size());
  RankSumTest test;
  test.rank_sum = static_cast<double>(doubled) / 2;
  test.u = test.rank_sum - m * (m + 1) / 2;
  const bool feasible = cheap(first.size(), second.size());
  test.method = method.value_or(feasible ? RankMethod::exact : RankMethod::normal);
  if (test.method == RankMethod::normal) {
    approximate(test, ranks, m, n);
    return test;
  }
  require(feasible, "too many values for the exact distribution");

  // The smaller sample is drawn; the sum of the other is what remains of the total. Where there are no ties,
  // all is counted in ranks, else in halves of them.
  const bool whole = untied(ranks);
  const long total = std::accumulate(ranks.begin(), ranks.end(), 0L) / (whole ? 2 : 1);
  const bool swap = second.size() < first.size();
  const long of_first = doubled / (whole ? 2 : 1);
  const long drawn = swap ? total - of_first : of_first;
  const std::size_t fewer = std::min(first.size(), second.size());
  ExactDistribution of_ties;
  if (!whole) of_ties = sum_of_random_subset(ranks, fewer);
  const ExactDistribution& distribution = whole ? sum_of_untied_ranks(fewer, all.size()) : of_ties;
  const double low = distribution.at_most(drawn), high = distribution.at_least(drawn);
  test.p_greater = swap ? low : high;
  test.p_less = swap ? high : low;
  // The mean of the drawn sum is size·total/all; twice-times-all keeps the comparison in whole numbers.
  const long size = static_cast<long>(fewer);
  const long count = static_cast<long>(all.size());
  const long distance = std::abs(count * drawn - size * total);
  double two_sided = 0;
  for (std::size_t s = 0; s < distribution.probability.size(); ++s) {
    if (std::abs(count * static_cast<long>(s) - size * total) >= distance)
      two_sided += distribution.probability[s];
  }
  test.p_two_sided = std::min(1.0, two_sided);
  return test;
}

RankOrder rank_sum_order(std::int64_t m, std::int64_t n, double tail) {
  require(m >= 1 && n >= 1, "at least one value of each is needed");
  require_tail(tail);
  if (cheap(static_cast<std::size_t>(m), static_cast<std::size_t>(n))) {
    const std::int64_t fewer = std::min(m, n), lowest = fewer * (fewer + 1) / 2;
    const ExactDistribution& distribution =
        sum_of_untied_ranks(static_cast<std::size_t>(fewer), static_cast<std::size_t>(m + n));
    const auto probability = [&](std::int64_t u) {
      return distribution.probability[static_cast<std::size_t>(lowest + u)];
    };
    RankOrder order;
    while (order.achieved_tail + probability(order.k) <= tail) {
      order.achieved_tail += probability(order.k);
      ++order.k;
    }
    return order;
  }
  const auto a = static_cast<double>(m), b = static_cast<double>(n);
  const double center = a * b / 2, deviation = std::sqrt(a * b * (a + b + 1) / 12);
  const auto k =
      static_cast<std::int64_t>(std::max(0.0, std::floor(center + 0.5 + normal_quantile(tail) * deviation)));
  return {k, k > 0 ? normal_lower((static_cast<double>(k) - 0.5 - center) / deviation) : 0};
}

HodgesLehmann shift_estimate(std::span<const double> first, std::span<const double> second, double tail) {
  require_values(first, 1);
  require_values(second, 1);
  require_tail(tail);
  std::vector<double> x(first.begin(), first.end()), y(second.begin(), second.end());
  std::sort(x.begin(), x.end());
  std::sort(y.begin(), y.end());
  const std::int64_t pairs = static_cast<std::int64_t>(x.size()) * static_cast<std::int64_t>(y.size());
  const double low = x.front() - y.back(), high = x.back() - y.front();
  require(std::isfinite(low) && std::isfinite(high), "the values are too far apart");
  const auto count_at_most = [&](double t) {
    std::int64_t count = 0;
    std::size_t j = 0;  // y[0..j) are too small for x[i]: their difference is above t
    for (const double value : x) {
      while (j < y.size() && !(value - y[j] <= t)) ++j;
      count += static_cast<std::int64_t>(y.size() - j);
    }
    return count;
  };
  const auto difference = [&](std::int64_t k) { return kth_smallest(k, low, high, count_at_most); };

  HodgesLehmann result;
  result.estimate = std::midpoint(difference((pairs + 1) / 2), difference(pairs / 2 + 1));
  const auto [k, achieved] =
      rank_sum_order(static_cast<std::int64_t>(x.size()), static_cast<std::int64_t>(y.size()), tail);
  result.achieved_tail = achieved;
  if (k >= 1) result.bounds = {difference(k), difference(pairs + 1 - k)};
  return result;
}

double shift_median(std::span<const double> first, std::span<const double> second) {
  require_values(first, 1);
  require_values(second, 1);
  constexpr std::size_t few = 4096;
  if (first.size() > few / second.size()) return shift_estimate(first, second, 0.5).estimate;
  std::vector<double> differences;
  differences.reserve(first.size() * second.size());
  for (const double a : first)
    for (const double b : second) differences.push_back(a - b);
  return median(differences);
}

}  // namespace modelgate
