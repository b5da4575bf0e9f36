#pragma once

#include <cstdint>
#include <functional>
#include <optional>

// What the power_of_* rooms share. All of them answer three questions in the same words:
//
//   X_power(n, effect, design)        how likely n values prove that the effect lies on its side of the
//   margin X_needed(effect, design, power)   the fewest values that do it with this power; none if no number
//   would X_detectable(n, design, power)    the smallest effect above the margin that n values prove with
//   this power;
//                                     infinite if they prove none
//
// An effect above the margin is proven where p_greater(margin) ≤ tail (a gate: FAIL), one below it where
// p_less(margin) ≤ tail (PASS). An effect at the margin is "proven" with the probability of error alone.

namespace modelgate {

/// In (0, 1).
void require_power(double power);

/// The smallest n ≥ `least` that reaches, found by walking from `guess`, so that a good guess costs few
/// calls. More than 10^9 is never enough: none. Where power ripples with n (discrete data) it is an n that
/// reaches while n − 1 does not.
std::optional<std::int64_t> smallest_count(double guess, std::int64_t least,
                                           const std::function<bool(std::int64_t)>& reaches);

/// The x in (0, most] at which the power, which rises with x, comes to the target, to ten digits; infinite if
/// it does not at `most`.
double smallest_distance(double guess, double most, double target,
                         const std::function<double(double)>& power_at);

}  // namespace modelgate
