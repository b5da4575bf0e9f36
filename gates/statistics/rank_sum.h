#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "gates/statistics/permutation.h"
#include "gates/statistics/signed_rank.h"

namespace modelgate {

struct RankSumTest {
  double u = 0;         ///< Pairs in which the first is larger, ties counted by half.
  double rank_sum = 0;  ///< W: the sum of the first sample's ranks.
  RankMethod method = RankMethod::exact;
  double p_greater = 1;  ///< Of "the first does not tend to larger values".
  double p_less = 1;
  double p_two_sided = 1;  ///< Exact: of a U at least as far from its mean.
};

/// Wilcoxon's rank-sum test (Mann–Whitney) of first − shift against second. Exact while it is cheap, up to
/// about 100 values in all, ties included; beyond that, or on demand, the normal approximation.
RankSumTest rank_sum(std::span<const double> first, std::span<const double> second, double shift = 0,
                     std::optional<RankMethod> method = std::nullopt);

/// The bound of m and n values; exact where rank_sum is.
RankOrder rank_sum_order(std::int64_t m, std::int64_t n, double tail);

/// The median of all differences first − second, and the bounds that belong to the rank-sum test.
HodgesLehmann shift_estimate(std::span<const double> first, std::span<const double> second, double tail);

/// That median alone, without bounds.
double shift_median(std::span<const double> first, std::span<const double> second);

}  // namespace modelgate
