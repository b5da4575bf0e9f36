// Wilcoxon's signed-rank test and the Hodges–Lehmann estimate that belongs to it.
//
// Method: the sizes of the differences are ranked; under the hypothesis each sign is a fair coin, so that the
// sum of the positive ranks has a known distribution. Tied sizes share midranks, and the distribution is that
// of the midranks as they are: exact, given the ties. The estimate is the median of the Walsh averages
// (x_i + x_j)/2, i ≤ j; the k-th smallest and k-th largest average are bounds with error P(V ≤ k − 1)
// (Hollander, Wolfe & Chicken, Nonparametric Statistical Methods, 3.1–3.3).
//
// Assumption: the differences are independent and symmetric around their centre. Limits: with n differences
// no one-sided p can be below 2^−n (5 pairs: 0.031); with ties the bounds are conservative.

#include "gates/statistics/signed_rank.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>
#include <numeric>
#include <vector>

#include "gates/statistics/descriptive.h"
#include "gates/statistics/distributions.h"
#include "gates/statistics/input.h"
#include "gates/statistics/selection.h"

namespace modelgate {

namespace {

constexpr std::size_t largest_exact = 200;

/// P(V ≤ v) of n differences without ties, for v = 0 … n(n + 1)/2. Computed once for each n: a gate asks for
/// the same one thousands of times.
const std::vector<double>& untied_at_most(std::size_t n) {
  static std::array<std::once_flag, largest_exact + 1> computed;
  static std::array<std::vector<double>, largest_exact + 1> table;
  std::call_once(computed[n], [&] {
    std::vector<long> ranks(n);
    std::iota(ranks.begin(), ranks.end(), 1L);
    table[n] = sum_of_random_signs(ranks).probability;
    std::partial_sum(table[n].begin(), table[n].end(), table[n].begin());
  });
  return table[n];
}

/// Sizes without ties have each of the doubled midranks 2, 4, …, 2n once; by symmetry P(V ≥ v) is that of
/// V ≤ n(n + 1)/2 − v.
bool is_untied(std::span<const long> doubled_ranks) {
  std::vector<bool> seen(doubled_ranks.size());
  for (const long rank : doubled_ranks) {
    if (rank % 2 != 0 || seen[static_cast<std::size_t>(rank / 2 - 1)]) return false;
    seen[static_cast<std::size_t>(rank / 2 - 1)] = true;
  }
  return true;
}

void exactly(SignedRankTest& test, std::span<const long> ranks, long doubled) {
  if (is_untied(ranks)) {
    const std::vector<double>& at_most = untied_at_most(ranks.size());
    const auto v = static_cast<std::size_t>(doubled / 2);
    test.p_less = std::min(1.0, at_most[v]);
    test.p_greater = std::min(1.0, at_most[at_most.size() - 1 - v]);
    return;
  }
  const ExactDistribution distribution = sum_of_random_signs(ranks);
  test.p_greater = distribution.at_least(doubled);
  test.p_less = distribution.at_most(doubled);
}

void approximate(SignedRankTest& test, std::span<const long> ranks) {
  // Var V = Σ r²/4 over the midranks, which contains the correction for ties.
  double variance = 0;
  for (const long rank : ranks) variance += static_cast<double>(rank) * static_cast<double>(rank) / 16;
  const auto n = static_cast<double>(ranks.size());
  const double distance = test.statistic - n * (n + 1) / 4, deviation = std::sqrt(variance);
  test.p_greater = normal_upper((distance - 0.5) / deviation);
  test.p_less = normal_lower((distance + 0.5) / deviation);
  test.p_two_sided = std::min(1.0, 2 * normal_upper(std::max(0.0, std::abs(distance) - 0.5) / deviation));
}

}  // namespace

SignedRankTest signed_rank(std::span<const double> differences, double shift,
                           std::optional<RankMethod> method) {
  require_values(differences, 1);
  require_value(shift);
  std::vector<double> sizes;
  std::vector<bool> positive;
  for (const double difference : differences) {
    const double d = difference - shift;
    if (d == 0) continue;
    sizes.push_back(std::abs(d));
    positive.push_back(d > 0);
  }
  SignedRankTest test;
  test.nonzero = static_cast<std::int64_t>(sizes.size());
  if (sizes.empty()) return test;

  const std::vector<long> ranks = doubled_midranks(sizes);
  long doubled = 0;
  for (std::size_t i = 0; i < ranks.size(); ++i) doubled += positive[i] ? ranks[i] : 0;
  test.statistic = static_cast<double>(doubled) / 2;
  test.method = method.value_or(sizes.size() <= largest_exact ? RankMethod::exact : RankMethod::normal);
  if (test.method == RankMethod::normal) {
    approximate(test, ranks);
    return test;
  }
  require(sizes.size() <= largest_exact, "too many differences for the exact distribution");
  exactly(test, ranks, doubled);
  test.p_two_sided = std::min(1.0, 2 * std::min(test.p_greater, test.p_less));
  return test;
}

RankOrder signed_rank_order(std::int64_t n, double tail) {
  require(n >= 1, "at least one value is needed");
  require_tail(tail);
  if (n <= static_cast<std::int64_t>(largest_exact)) {
    const std::vector<double>& at_most = untied_at_most(static_cast<std::size_t>(n));
    const auto k = std::upper_bound(at_most.begin(), at_most.end(), tail) - at_most.begin();
    return {k, k == 0 ? 0 : at_most[static_cast<std::size_t>(k - 1)]};
  }
  const auto size = static_cast<double>(n);
  const double center = size * (size + 1) / 4, deviation = std::sqrt(size * (size + 1) * (2 * size + 1) / 24);
  const auto k =
      static_cast<std::int64_t>(std::max(0.0, std::floor(center + 0.5 + normal_quantile(tail) * deviation)));
  return {k, k > 0 ? normal_lower((static_cast<double>(k) - 0.5 - center) / deviation) : 0};
}

HodgesLehmann walsh_estimate(std::span<const double> differences, double tail) {
  require_values(differences, 1);
  require_tail(tail);
  std::vector<double> x(differences.begin(), differences.end());
  std::sort(x.begin(), x.end());
  const auto n = static_cast<std::int64_t>(x.size());
  const std::int64_t averages = n * (n + 1) / 2;
  const auto count_at_most = [&](double t) {
    std::int64_t count = 0;
    std::size_t j = x.size();  // below i, the values x[j..] are too large to be paired with x[i]
    for (std::size_t i = 0; i < x.size(); ++i) {
      while (j > i && !(0.5 * x[i] + 0.5 * x[j - 1] <= t)) --j;
      if (j <= i) break;
      count += static_cast<std::int64_t>(j - i);
    }
    return count;
  };
  const auto average = [&](std::int64_t k) { return kth_smallest(k, x.front(), x.back(), count_at_most); };

  HodgesLehmann result;
  result.estimate = std::midpoint(average((averages + 1) / 2), average(averages / 2 + 1));
  const auto [k, achieved] = signed_rank_order(n, tail);
  result.achieved_tail = achieved;
  if (k >= 1) result.bounds = {average(k), average(averages + 1 - k)};
  return result;
}

}  // namespace modelgate
