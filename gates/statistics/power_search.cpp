// The search for a sample size or an effect, given what reaches the power asked for.
//
// Method: from a guess (the normal approximation is within a few values of every rule here) steps that double
// bracket the answer, and halving closes in; three to six evaluations of the power are the usual cost, which
// matters where a suite has thousands of undecided checks. Effects are found by Alefeld, Potra & Shi's
// algorithm 748 (1995, ACM TOMS 21:327, from Boost.Math).
//
// Assumption: more values, or a larger distance, reach what fewer do. Discrete tests ripple by about one
// value of their statistic; see the contract.

#include "gates/statistics/power_search.h"

#include <algorithm>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <limits>

#include "gates/statistics/distributions.h"
#include "gates/statistics/input.h"

namespace modelgate {

namespace {

constexpr std::int64_t most_values = 1'000'000'000;

}  // namespace

void require_power(double power) { require(power > 0 && power < 1, "the power must lie in (0, 1)"); }

std::optional<std::int64_t> smallest_count(double guess, std::int64_t least,
                                           const std::function<bool(std::int64_t)>& reaches) {
  const auto start =
      guess < static_cast<double>(most_values) ? static_cast<std::int64_t>(guess) : most_values;
  std::int64_t low = least - 1, high = std::clamp(start, least, most_values), step = 1;
  if (reaches(high)) {
    // Downwards: `high` always reaches, `low` is the last that did not.
    while (high - step > low) {
      if (!reaches(high - step)) {
        low = high - step;
        break;
      }
      high -= step;
      step *= 2;
    }
  } else {
    do {
      low = high;
      if (high == most_values) return std::nullopt;
      high = std::min(high + step, most_values);
      step *= 2;
    } while (!reaches(high));
  }
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (reaches(middle) ? high : low) = middle;
  }
  return high;
}

double smallest_distance(double guess, double most, double target,
                         const std::function<double(double)>& power_at) {
  // In normal quantiles the power is nearly a straight line, which the solver needs few points of.
  const auto quantile = [](double p) {
    return std::clamp(normal_quantile(std::clamp(p, 0.0, 1.0)), -40.0, 40.0);
  };
  const double wanted = quantile(target);
  const auto excess = [&](double x) { return quantile(power_at(x)) - wanted; };
  double low = 0, high = std::min(guess > 0 ? guess : most, most), at_high = excess(high);
  while (!(at_high >= 0)) {
    if (high >= most) return std::numeric_limits<double>::infinity();
    low = high;
    high = std::min(1.25 * high, most);
    at_high = excess(high);
  }
  const double at_low = excess(low);
  if (at_low >= 0) return low;
  std::uintmax_t steps = 100;
  return boost::math::tools::toms748_solve(excess, low, high, at_low, at_high,
                                           boost::math::tools::eps_tolerance<double>(34), steps)
      .second;
}

}  // namespace modelgate
