// The power of several looks together, and the values that stopping early saves.
//
// Method: estimates from the first m and the first n of the same values have the correlation √(m/n), whatever
// the rule, because the n contain the m. Each look's chance to prove something is turned into the boundary of
// a standard normal variable that has this chance, and the chance to cross first at each look follows from
// group_sequential.h: a Gaussian copula with the exact chances as margins.
//
// Assumption: the estimates are jointly about normal; the chances themselves are the rule's own, so that a
// single look loses nothing. Limits: the total is right to 0.015 at looks of 6 and 12 pairs, to 0.006 at 10,
// 20 and 40. A simple bound needs no assumption: the power is at least that of the best single look.

#include "gates/statistics/power_of_looks.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "gates/statistics/alpha_spending.h"
#include "gates/statistics/distributions.h"
#include "gates/statistics/input.h"
#include "gates/statistics/power_of_ranks.h"
#include "gates/statistics/power_search.h"

namespace modelgate {

Crossing looks_crossing(std::span<const LookChances> looks) {
  // What is certain is as far as the normal distribution goes; a gap must remain between the boundaries.
  constexpr double certain = 1 - 1e-15;
  std::vector<Look> boundaries;
  for (const LookChances& look : looks) {
    require(look.n > 0, "there is a look at no values");
    require(look.greater >= 0 && look.less >= 0 && look.greater + look.less <= 1 + 1e-12,
            "the chances of a look are not within [0, 1]");
    const double greater = std::min(look.greater, certain);
    const double less = std::min(look.less, certain - greater);
    boundaries.push_back({static_cast<double>(look.n), normal_quantile(less), -normal_quantile(greater)});
  }
  return crossing_probabilities(boundaries);
}

double expected_values(std::span<const LookChances> looks) {
  const Crossing crossing = looks_crossing(looks);
  double expected = 0, going_on = 1;
  for (std::size_t k = 0; k < looks.size(); ++k) {
    const bool last = k + 1 == looks.size();
    const double stops = last ? going_on : crossing.upper[k] + crossing.lower[k];
    expected += static_cast<double>(looks[k].n) * stops;
    going_on -= stops;
  }
  return expected;
}

std::vector<LookChances> signed_rank_looks(std::span<const std::int64_t> looks, double effect,
                                           const MeanDesign& design) {
  const std::vector<double> shares = look_shares(looks);
  std::vector<LookChances> chances;
  for (std::size_t k = 0; k < looks.size(); ++k) {
    const double power =
        signed_rank_power(looks[k], effect, {design.margin, design.spread, design.tail * shares[k]});
    // To prove the side on which the effect is not is rarer than the error rate, except at the margin itself.
    chances.push_back({looks[k], effect >= design.margin ? power : 0, effect <= design.margin ? power : 0});
  }
  return chances;
}

double signed_rank_looks_power(std::span<const std::int64_t> looks, double effect, const MeanDesign& design) {
  const Crossing crossing = looks_crossing(signed_rank_looks(looks, effect, design));
  return effect >= design.margin ? crossing.total_upper() : crossing.total_lower();
}

double signed_rank_looks_detectable(std::span<const std::int64_t> looks, const MeanDesign& design,
                                    double power) {
  require_power(power);
  const std::vector<double> shares = look_shares(looks);
  require_value(design.margin);
  require(design.spread >= 0 && std::isfinite(design.spread),
          "the spread is not a finite number of at least 0");
  // In standard deviations. The last look alone proves a little less than all of them.
  constexpr double far = 100;  // there every sign is certain
  const double last = signed_rank_detectable(looks.back(), {0, 1, design.tail * shares.back()}, power);
  const double distance = smallest_distance(std::min(last, far), far, power, [&](double d) {
    return signed_rank_looks_power(looks, d, {0, 1, design.tail});
  });
  return std::isinf(distance) ? distance : design.margin + design.spread * distance;
}

}  // namespace modelgate
