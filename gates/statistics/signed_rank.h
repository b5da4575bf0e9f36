#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "gates/statistics/interval.h"
#include "gates/statistics/permutation.h"

namespace modelgate {

struct SignedRankTest {
  double statistic = 0;      ///< V: the sum of the ranks of the positive differences.
  std::int64_t nonzero = 0;  ///< Differences that took part; zeros are left out (Wilcoxon 1945).
  RankMethod method = RankMethod::exact;
  double p_greater = 1;  ///< Of "the differences lie around 0 or below".
  double p_less = 1;
  double p_two_sided = 1;
};

/// Wilcoxon's signed-rank test of differences − shift. Exact up to 200 nonzero differences, ties included;
/// beyond that, or on demand, the normal approximation. All differences zero: every p is 1.
SignedRankTest signed_rank(std::span<const double> differences, double shift = 0,
                           std::optional<RankMethod> method = std::nullopt);

/// The bound of n differences; exact up to n = 200.
RankOrder signed_rank_order(std::int64_t n, double tail);

struct HodgesLehmann {
  double estimate = 0;
  Interval bounds;           ///< Infinite on both sides if there are too few values for the tail.
  double achieved_tail = 0;  ///< The exact probability of error of each side; at most the tail asked for.
};

/// The median of all averages of two differences (a difference with itself included), and the exact bounds
/// that belong to the signed-rank test.
HodgesLehmann walsh_estimate(std::span<const double> differences, double tail);

}  // namespace modelgate
