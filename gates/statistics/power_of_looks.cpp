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
#include <limits>
#include <vector>

#include "gates/statistics/distributions.h"
#include "gates/statistics/input.h"

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

}  // namespace modelgate
