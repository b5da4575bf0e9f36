#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "gates/statistics/group_sequential.h"
#include "gates/statistics/power_of_means.h"

namespace modelgate {

/// A look at the first n values, and how likely it is that it alone, at its own part of the error rate,
/// proves the one thing or the other (signed_rank_power, tango_power, …).
struct LookChances {
  std::int64_t n = 0;
  double greater = 0, less = 0;
};

/// The chances to prove it first at each look: the power of the whole is total_upper() for "greater" and
/// total_lower() for "less". n grows from look to look; greater + less is at most 1 at each.
Crossing looks_crossing(std::span<const LookChances> looks);

/// How many values are measured on average when one stops at the first proof, or after the last look.
double expected_values(std::span<const LookChances> looks);

/// The exact signed-rank rule at looks that share design.tail as look_shares (alpha_spending.h) says, on
/// pairs whose differences are normal. `looks` are numbers of pairs.
std::vector<LookChances> signed_rank_looks(std::span<const std::int64_t> looks, double effect,
                                           const MeanDesign& design);
/// The power of all looks together, and the smallest effect above the margin that they prove with this power;
/// infinite if they prove none.
double signed_rank_looks_power(std::span<const std::int64_t> looks, double effect, const MeanDesign& design);
double signed_rank_looks_detectable(std::span<const std::int64_t> looks, const MeanDesign& design,
                                    double power);

}  // namespace modelgate
