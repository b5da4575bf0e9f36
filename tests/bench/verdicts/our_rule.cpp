// The gate's rule needs microseconds, and a hundred thousand runs of 500 checks are 50 million questions for
// each noise model. Without ties all that it makes of a look depends on the rank sum alone, except where
// every difference lies beyond the margin. So the gate is asked once for every rank sum of every look (with
// differences made to have it), and then only where a regression could be proven. A test compares both ways.

#include "tests/bench/verdicts/our_rule.h"

#include <algorithm>
#include <cmath>

#include "gates/decision/decision.h"
#include "gates/performance/pair_rule.h"
#include "gates/statistics/alpha_spending.h"

namespace modelgate {
namespace {

/// n differences 1, 2, …, n with signs such that the positive ones sum up to `sum`.
std::vector<double> with_rank_sum(std::int64_t n, long sum) {
  std::vector<double> values;
  for (auto rank = static_cast<long>(n); rank > 0; --rank) {
    const bool positive = rank <= sum;
    if (positive) sum -= rank;
    values.push_back(static_cast<double>(positive ? rank : -rank));
  }
  return values;
}

/// The sum of the ranks of the positive excesses; −1 if there are ties or zeros. Sorts them by size.
long rank_sum_of(std::span<double> excesses) {
  std::sort(excesses.begin(), excesses.end(), [](double a, double b) { return std::abs(a) < std::abs(b); });
  long sum = 0;
  double before = 0;
  for (std::size_t i = 0; i < excesses.size(); ++i) {
    const double size = std::abs(excesses[i]);
    if (!(size > before)) return -1;
    before = size;
    if (excesses[i] > 0) sum += static_cast<long>(i) + 1;
  }
  return sum;
}

/// The first of 0 … most for which a condition holds that holds for all after it; most + 1 if none.
template <typename Condition>
long first_where(long most, const Condition& holds) {
  long below = -1, from = most + 1;
  while (from - below > 1) {
    const long middle = (below + from) / 2;
    (holds(middle) ? from : below) = middle;
  }
  return from;
}

}  // namespace

OurRule::OurRule(double margin, std::vector<std::int64_t> looks) : margin_(margin), looks_(std::move(looks)) {
  const std::vector<double> shares = look_shares(looks_);
  for (std::size_t look = 0; look < looks_.size(); ++look) {
    const std::int64_t n = looks_[look];
    const long most = static_cast<long>(n * (n + 1) / 2);
    const PairRule alone{0, alpha_pass_ * shares[look], alpha_fail_ * shares[look], {n}};
    const auto at = [&](long sum) { return weigh_pairs(with_rank_sum(n, sum), alone); };
    // p-values rise and fall with the sum, so the first and last sums are found by halving.
    Limits limits;
    limits.passes =
        first_where(most, [&](long sum) { return !(at(sum).p_non_inferiority <= alone.alpha_pass); }) - 1;
    limits.fails = first_where(most, [&](long sum) { return at(sum).p_regression <= alone.alpha_fail; });
    limits_.push_back(limits);
  }
}

OurRule::Answer OurRule::ask(std::span<const double> differences) const {
  const PairEvidence evidence = weigh_pairs(differences, {margin_, alpha_pass_, alpha_fail_, looks_});
  return {decide({evidence.p_regression, evidence.upper, margin_, evidence.doubt}, alpha_fail_),
          evidence.p_regression};
}

OurRule::Screened OurRule::screen(std::span<const double> differences, std::size_t look) const {
  thread_local std::vector<double> excesses;
  excesses.assign(differences.begin(), differences.end());
  bool all_below = true;
  for (double& excess : excesses) {
    excess -= margin_;
    all_below = all_below && excess < 0;
  }
  const long sum = all_below ? 0 : rank_sum_of(excesses);
  if (sum < 0 || sum >= limits_[look].fails) return Screened::must_ask;
  return sum <= limits_[look].passes ? Screened::passes : Screened::open;
}

}  // namespace modelgate
