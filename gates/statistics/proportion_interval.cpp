// Bounds of one proportion.
//
// Clopper & Pearson (1934) invert the binomial test: the lower bound is the p at which as many successes or
// more have the probability `tail`. Quantiles of the beta distribution say the same. It is conservative by
// construction, which is what "proven" should mean for an absolute limit.
// Wilson (1927) inverts the score test. Its coverage lies around the nominal one, for small samples at times
// below it (Brown, Cai & DasGupta 2001); Newcombe's paired interval is built from it.
//
// Assumption: independent trials with one probability.

#include "gates/statistics/proportion_interval.h"

#include <algorithm>
#include <cmath>

#include "gates/statistics/distributions.h"
#include "gates/statistics/input.h"

namespace modelgate {

namespace {

void require_counts(std::int64_t successes, std::int64_t trials) {
  require(trials > 0, "there are no trials");
  require(successes >= 0 && successes <= trials, "the successes are not within the trials");
}

}  // namespace

Interval clopper_pearson(std::int64_t successes, std::int64_t trials, double tail) {
  require_counts(successes, trials);
  require_tail(tail);
  const auto x = static_cast<double>(successes), n = static_cast<double>(trials);
  Interval interval{0, 1};
  if (successes > 0) interval.lower = beta_quantile(tail, x, n - x + 1);
  if (successes < trials) interval.upper = beta_quantile(1 - tail, x + 1, n - x);
  return interval;
}

Interval wilson(std::int64_t successes, std::int64_t trials, double tail) {
  require_counts(successes, trials);
  require_tail(tail);
  const auto x = static_cast<double>(successes), n = static_cast<double>(trials);
  const double z = -normal_quantile(tail), z2 = z * z, p = x / n;
  const double center = (p + z2 / (2 * n)) / (1 + z2 / n);
  const double half = z * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n);
  return {successes == 0 ? 0 : std::max(0.0, center - half),
          successes == trials ? 1 : std::min(1.0, center + half)};
}

}  // namespace modelgate
