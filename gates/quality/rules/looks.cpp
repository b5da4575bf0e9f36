#include "gates/quality/rules/looks.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "gates/statistics/alpha_spending.h"

namespace modelgate {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

bool is_probability(double p) { return p >= 0 && p <= 1; }

/// A NaN must reach the decision, which makes an error of it, and not drown in a minimum.
bool are_numbers(double p, const Interval& bounds) {
  return is_probability(p) && !std::isnan(bounds.lower) && !std::isnan(bounds.upper);
}

struct Sequence {
  std::vector<double> bad, good, shares;
  bool has_good = false;

  void add(const Look& look, double p_bad, const std::optional<double>& p_good, bool doubted,
           std::vector<LookRecord>& records) {
    const bool proves = !doubted && is_probability(p_good.value_or(1));
    records.push_back({look.rows, look.share, doubted ? 1 : p_bad, proves ? p_good.value_or(1) : 1});
    bad.push_back(records.back().p_regression);
    good.push_back(records.back().p_non_inferiority);
    shares.push_back(look.share);
    has_good = has_good || (proves && p_good);
  }
  double p_bad() const { return sequential_p(bad, shares); }
  std::optional<double> p_good() const {
    return has_good ? std::optional(sequential_p(good, shares)) : std::nullopt;
  }
};

void narrow(Interval& bounds, const Interval& by) {
  bounds.lower = std::max(bounds.lower, by.lower);
  bounds.upper = std::min(bounds.upper, by.upper);
}

}  // namespace

QualityRule rule_at(const Look& look, QualityRule rule) {
  rule.alpha_pass *= look.share;
  rule.alpha_fail *= look.share;
  return rule;
}

Difference together(std::span<const Difference> by_look, const LooksReached& looks, const QualityRule& rule,
                    std::vector<LookRecord>& records) {
  Difference all = by_look.back();
  if (looks.is_single()) return all;
  all.bounds = {-infinite, infinite};
  all.proven = -infinite;
  Sequence sequence;
  for (std::size_t k = 0; k < by_look.size(); ++k) {
    const Difference& one = by_look[k];
    if (!are_numbers(one.p_regression, one.bounds) || std::isnan(one.proven)) return one;
    sequence.add(looks.reached[k], one.p_regression, one.p_non_inferiority, !one.doubt.empty(), records);
    if (!one.doubt.empty()) continue;
    narrow(all.bounds, one.bounds);
    // That of a relative margin differs with the baseline's value at each look.
    all.proven = std::max(all.proven, one.proven + one.tolerated - all.tolerated);
  }
  all.p_regression = sequence.p_bad();
  all.p_non_inferiority = sequence.p_good();
  if (all.p_regression <= rule.alpha_fail || -all.proven <= all.tolerated) all.doubt_because("", "");
  return all;
}

Level together(std::span<const Level> by_look, const LooksReached& looks, double minimum,
               const QualityRule& rule, std::vector<LookRecord>& records) {
  Level all = by_look.back();
  if (looks.is_single()) return all;
  all.bounds = {-infinite, infinite};
  Sequence sequence;
  for (std::size_t k = 0; k < by_look.size(); ++k) {
    const Level& one = by_look[k];
    if (!are_numbers(one.p_missed, one.bounds)) return one;
    sequence.add(looks.reached[k], one.p_missed, one.p_held, !one.doubt.empty(), records);
    if (one.doubt.empty()) narrow(all.bounds, one.bounds);
  }
  all.p_missed = sequence.p_bad();
  all.p_held = sequence.p_good();
  if (all.p_missed <= rule.alpha_fail || all.bounds.lower >= minimum) all.doubt_because("", "");
  return all;
}

}  // namespace modelgate
