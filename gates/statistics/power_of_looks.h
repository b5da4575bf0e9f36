#pragma once

#include <cstdint>
#include <span>

#include "gates/statistics/group_sequential.h"

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

}  // namespace modelgate
