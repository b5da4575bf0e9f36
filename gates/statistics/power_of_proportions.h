#pragma once

#include <cstdint>
#include <optional>

namespace modelgate {

/// What is asked about one proportion: does it lie above a minimum (below a maximum)? Also about a quantile:
/// "p99 is at most the limit" asks whether at least 0.99 of the values lie within it, so the minimum is 0.99.
/// Decided by clopper_pearson. See power_search.h for what the functions answer.
struct ProportionDesign {
  double limit = 0;  ///< In (0, 1).
  double tail = 0.05;
};
double proportion_power(std::int64_t trials, double share, const ProportionDesign& design);
std::optional<std::int64_t> proportion_needed(double share, const ProportionDesign& design, double power);
/// The smallest share above the limit that is proven to be, and the largest below it.
double proportion_detectable_above(std::int64_t trials, const ProportionDesign& design, double power);
double proportion_detectable_below(std::int64_t trials, const ProportionDesign& design, double power);

/// Two models that answered different rows, or whose rows were not matched, by the unpaired z test: what
/// pairing saves. `each`: rows of each model. Effects are drops from `first`.
struct UnpairedDesign {
  double margin = 0;
  double first = 0.5;  ///< The share that the first model gets right.
  double tail = 0.05;
};
double unpaired_power(std::int64_t each, double drop, const UnpairedDesign& design);
std::optional<std::int64_t> unpaired_needed(double drop, const UnpairedDesign& design, double power);
double unpaired_detectable(std::int64_t each, const UnpairedDesign& design, double power);

}  // namespace modelgate
