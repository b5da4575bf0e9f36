// How likely a proportion is proven to lie on its side of a limit, and two proportions apart, unpaired.
//
// Method: Clopper and Pearson's bound lies above the limit if at most k trials failed, the largest k with
// P(Bin(n, 1 − limit) ≤ k) ≤ tail; the power is the probability of at most k failures at the true share.
// Exact. With n it falls slowly while k stays and jumps where k grows, so the fewest trials are always those
// at which some k becomes enough, which is values_needed (quantile_bounds.h): 59 for 95 % with none failed.
//
// Unpaired: the difference of two shares has the standard error √((p1(1 − p1) + p2(1 − p2))/n), normal
// (Fleiss, Levin & Paik 2003, chapter 4, without pooling, as the reports of evals do it).
//
// Assumption: independent trials. Limits: the unpaired formula needs some ten failures and successes each.

#include "gates/statistics/power_of_proportions.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "gates/statistics/distributions.h"
#include "gates/statistics/input.h"
#include "gates/statistics/power_of_means.h"
#include "gates/statistics/power_search.h"
#include "gates/statistics/quantile_bounds.h"

namespace modelgate {

namespace {

constexpr std::int64_t most_trials = 1'000'000'000;

void require_design(const ProportionDesign& design) {
  require(design.limit > 0 && design.limit < 1, "the limit is not within (0, 1)");
  require_tail(design.tail);
}

void require_share(double share) { require(share >= 0 && share <= 1, "the share is not within [0, 1]"); }

/// The largest number of failures that proves "above the limit"; −1 if none does.
std::int64_t failures_tolerated(std::int64_t trials, double limit, double tail) {
  std::int64_t low = -1, high = trials;
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (binomial_at_most(middle, trials, 1 - limit) <= tail ? low : high) = middle;
  }
  return low;
}

double power_above(std::int64_t trials, double share, double limit, double tail) {
  return binomial_at_most(failures_tolerated(trials, limit, tail), trials, 1 - share);
}

/// The smallest count that reaches, though the peaks of the power ripple a little themselves.
std::optional<std::int64_t> smallest_peak(double guess, const std::function<bool(std::int64_t)>& reaches) {
  constexpr std::int64_t ripple = 8;
  auto count = smallest_count(guess, 1, reaches);
  for (std::int64_t back = 1; count && back <= ripple && back < *count; ++back) {
    if (!reaches(*count - back)) continue;
    *count -= back;
    back = 0;
  }
  return count;
}

/// Where failures are rare: counted in failures tolerated, at whose first number of trials the power peaks.
std::optional<std::int64_t> trials_by_failures(double guess, double share, const ProportionDesign& design,
                                               double power) {
  const auto trials_for = [&](std::int64_t failures) {
    return values_needed(design.limit, failures, design.tail);
  };
  const auto enough = smallest_peak(guess * (1 - design.limit), [&](std::int64_t more) {
    return binomial_at_most(more - 1, trials_for(more - 1), 1 - share) >= power;
  });
  return enough ? std::optional(trials_for(*enough - 1)) : std::nullopt;
}

/// Where successes are rare: counted in successes asked for. So many prove it up to some number of trials,
/// and the power rises until there.
std::optional<std::int64_t> trials_by_successes(double guess, double share, const ProportionDesign& design,
                                                double power) {
  const auto reaching = [&](std::int64_t successes) {
    return smallest_count(static_cast<double>(successes) / share, successes, [&](std::int64_t trials) {
      return binomial_at_least(successes, trials, share) >= power;
    });
  };
  const auto enough = smallest_peak(guess * share, [&](std::int64_t successes) {
    const auto trials = reaching(successes);
    return trials && binomial_at_most(*trials - successes, *trials, 1 - design.limit) <= design.tail;
  });
  return enough ? reaching(*enough) : std::nullopt;
}

MeanDesign mean_design(double drop, const UnpairedDesign& design) {
  require_share(design.first);
  const double second = design.first - drop;
  require(second >= 0 && second <= 1, "the drop leaves no proportion");
  return {design.margin, std::sqrt(design.first * (1 - design.first) + second * (1 - second)), design.tail};
}

}  // namespace

double proportion_power(std::int64_t trials, double share, const ProportionDesign& design) {
  require(trials > 0, "there are no trials");
  require_design(design);
  require_share(share);
  return share >= design.limit ? power_above(trials, share, design.limit, design.tail)
                               : power_above(trials, 1 - share, 1 - design.limit, design.tail);
}

std::optional<std::int64_t> proportion_needed(double share, const ProportionDesign& design, double power) {
  require_design(design);
  require_share(share);
  require_power(power);
  if (share == design.limit) return std::nullopt;
  if (share < design.limit) return proportion_needed(1 - share, {1 - design.limit, design.tail}, power);
  const double spread = std::sqrt(share * (1 - share)),
               spread_at_limit = std::sqrt(design.limit * (1 - design.limit));
  const double reach = normal_quantile(power) * spread - normal_quantile(design.tail) * spread_at_limit;
  const double trials = std::pow(std::max(0.0, reach) / (share - design.limit), 2);
  if (!(trials < most_trials)) return std::nullopt;
  return design.limit >= 0.5 ? trials_by_failures(trials, share, design, power)
                             : trials_by_successes(trials, share, design, power);
}

double proportion_detectable_above(std::int64_t trials, const ProportionDesign& design, double power) {
  require(trials > 0, "there are no trials");
  require_design(design);
  require_power(power);
  const std::int64_t failures = failures_tolerated(trials, design.limit, design.tail);
  if (failures < 0) return std::numeric_limits<double>::infinity();
  // P(Bin(n, 1 − share) ≤ failures) = power, which the beta distribution solves.
  const auto n = static_cast<double>(trials), x = static_cast<double>(failures);
  return std::max(design.limit, beta_quantile(power, n - x, x + 1));
}

double proportion_detectable_below(std::int64_t trials, const ProportionDesign& design, double power) {
  return 1 - proportion_detectable_above(trials, {1 - design.limit, design.tail}, power);
}

double unpaired_power(std::int64_t each, double drop, const UnpairedDesign& design) {
  require_value(drop);
  return normal_power(each, drop, mean_design(drop, design));
}

std::optional<std::int64_t> unpaired_needed(double drop, const UnpairedDesign& design, double power) {
  require_value(drop);
  return normal_needed(drop, mean_design(drop, design), power);
}

double unpaired_detectable(std::int64_t each, const UnpairedDesign& design, double power) {
  require_power(power);
  require_value(design.margin);
  require_share(design.first);
  require(design.margin < design.first, "the margin is not below the first share");
  const double guess =
      4 * std::sqrt(design.first * (1 - design.first) / static_cast<double>(std::max<std::int64_t>(each, 1)));
  return design.margin + smallest_distance(guess, design.first - design.margin, power, [&](double distance) {
           return unpaired_power(each, std::min(design.first, design.margin + distance), design);
         });
}

}  // namespace modelgate
