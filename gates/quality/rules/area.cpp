// ROC AUC, against the baseline and against a minimum.
//
// Against the baseline: DeLong's interval (delong.h) decides, or where rows are clustered the bootstrap of
// clusters. Near 1 DeLong's interval is too short below: at 0.99 it passes a candidate that lies at the
// margin in 10 to 20 % of samples of 100 to 300 rows. A pass must hold by a second bound too, which adds up
// the distances of each area's own bounds on the logit scale with their correlation (Zou & Donner 2008,
// Statistics in Medicine 27:1693); then it is 8 % at most, and 6 % for areas up to 0.95 (by simulation).
//
// Against a minimum: bounds on the logit scale, which stay within 0 and 1 and reach further down near 1 (Qin
// & Hotilovac 2008, Statistical Methods in Medical Research 17:207). At 0.99 with 30 positives they are still
// too short: 12 % of samples pass a minimum that is the true value.
//
// Where DeLong's variance means nothing (equal rankings, perfect separation, one score for every row, fewer
// than 6 examples of a class that are ranked otherwise) two facts remain. The AUC is the mean over pairs of a
// positive and a negative, of which k = min(positives, negatives) are independent, so Hoeffding's bound
// P(mean ≥ x) ≤ exp(−k·KL(x‖μ)) holds for it whatever the distribution (Hoeffding 1963, JASA 58:13, section
// 5). And the share of pairs that the candidate orders worse is at most Clopper and Pearson's bound from k
// pairs that share no example, each positive with one negative in the order of ids; the AUC falls by no more.

#include "gates/quality/rules/area.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gates/metrics/score_bootstrap.h"
#include "gates/quality/rules/resampling.h"
#include "gates/quality/rules/scored_rows.h"
#include "gates/statistics/bound_inversion.h"
#include "gates/statistics/delong.h"
#include "gates/statistics/distributions.h"
#include "gates/statistics/proportion_interval.h"

namespace modelgate {
namespace {

constexpr const char* pair_name = "pairs of a positive and a negative row";

/// P(a mean of k values in [0, 1] lies as far from its expectation as `seen`) is at most this.
double hoeffding(double seen, double expected, std::int64_t k) {
  const auto term = [](double p, double q) { return p > 0 ? p * std::log(p / q) : 0; };
  return std::exp(-static_cast<double>(k) * (term(seen, expected) + term(1 - seen, 1 - expected)));
}

void compare_by_pairs(Difference& result, const ScoredRows& rows, double margin, const QualityRule& rule) {
  const std::int64_t pairs = rows.independent_pairs();
  result.few = true;
  result.units = pairs;
  result.unit_name = pair_name;
  const PairChanges changes = pair_changes(rows);
  result.harmful = changes.worse;
  const auto proven_at = [&](double tail) { return -clopper_pearson(changes.worse, pairs, tail).upper; };
  result.proven = proven_at(rule.alpha_pass);
  result.p_non_inferiority = p_of_lower_bound(proven_at, -margin);
  result.bounds = {result.proven, clopper_pearson(changes.better, pairs, rule.alpha_pass).upper};
  const double drop = -result.estimate();
  // A pair changes by −1 to 1; (1 + change)/2 lies in [0, 1].
  result.p_regression = drop > margin ? hoeffding((1 + drop) / 2, (1 + margin) / 2, pairs) : 1;
  result.method =
      fmt::format("few ranks differ: worst case by Clopper–Pearson of {} worse among {} independent pairs",
                  result.harmful, pairs);
}

double logit(double p) { return std::log(p / (1 - p)); }

/// Without a variance: by Hoeffding's bound. Perfect separation of k pairs proves α^(1/k), exactly.
double lowest_by_pairs(double area, std::int64_t pairs, double tail) {
  double low = 0, high = area;
  for (int step = 0; step < 100; ++step) {
    const double middle = (low + high) / 2;
    (hoeffding(area, middle, pairs) <= tail ? low : high) = middle;
  }
  return low;
}

bool has_spread(double area, double variance) { return variance > 1e-18 && area > 0 && area < 1; }

/// Bounds of one area.
Interval bounds_of(double area, double variance, std::int64_t pairs, double tail) {
  if (!has_spread(area, variance))
    return {lowest_by_pairs(area, pairs, tail), 1 - lowest_by_pairs(1 - area, pairs, tail)};
  const double half = -normal_quantile(tail) * std::sqrt(variance) / (area * (1 - area)),
               center = logit(area);
  const auto back = [](double x) { return 1 / (1 + std::exp(-x)); };
  return {back(center - half), back(center + half)};
}

/// The lower bound of candidate − baseline from the bounds of each and their correlation.
double lowest_difference(const AucComparison& areas, std::int64_t pairs, double tail) {
  const double down = areas.first - bounds_of(areas.first, areas.first_variance, pairs, tail).lower;
  const double up = bounds_of(areas.second, areas.second_variance, pairs, tail).upper - areas.second;
  const double scale = std::sqrt(areas.first_variance * areas.second_variance);
  const double shared = (areas.first_variance + areas.second_variance - areas.variance) / 2;
  const double correlation = scale > 0 ? std::clamp(shared / scale, -1.0, 1.0) : 0;
  return areas.difference() - std::sqrt(std::max(0.0, down * down + up * up - 2 * correlation * down * up));
}

void compare_by_delong(Difference& result, const AucComparison& areas, std::int64_t pairs, double margin,
                       const QualityRule& rule) {
  result.rest_on(areas, margin, rule);
  const auto lowest = [&](double tail) { return lowest_difference(areas, pairs, tail); };
  result.proven = std::min(result.bounds.lower, lowest(rule.alpha_pass));
  result.p_non_inferiority = std::max(*result.p_non_inferiority, p_of_lower_bound(lowest, -margin));
  result.method = "DeLong";
}

void level_by_delong(Level& result, double variance, double minimum) {
  const double error = std::sqrt(variance) / (result.value * (1 - result.value));
  const double distance = (logit(result.value) - logit(minimum)) / error;
  result.p_missed = normal_lower(distance);
  result.p_held = normal_upper(distance);
  result.method = "DeLong, on the logit scale";
}

void level_by_pairs(Level& result, std::int64_t pairs, double minimum) {
  const double p = hoeffding(result.value, minimum, pairs);
  result.units = pairs;
  result.unit_name = pair_name;
  result.p_missed = result.value < minimum ? p : 1;
  result.p_held = result.value > minimum ? p : 1;
  result.method = fmt::format("Hoeffding's bound from {} independent pairs", pairs);
}

}  // namespace

Difference area_difference(const Measure& measure, const RowSample& all, double margin,
                           const QualityRule& rule) {
  const ScoredRows rows = scored(measure, all);
  const AucComparison areas = delong(rows.candidate, rows.baseline, rows.positive);
  Difference result;
  result.baseline = areas.second;
  result.candidate = areas.first;
  result.units = static_cast<std::int64_t>(all.size());
  result.n["negatives"] = rows.negatives;
  if (all.clustered()) {
    const Bootstrap drawn = paired_score_bootstrap(
        {rows.candidate, rows.baseline, rows.positive, rows.cluster}, {ScoreMetric::roc_auc}, rule.bootstrap);
    result.method = "paired " + name_of_bootstrap(true, rule.bootstrap);
    if (drawn.degenerate())
      result.doubt_because("degenerate", "resampling gives no spread to judge by");
    else
      result.rest_on(drawn, margin, rule);
  } else if (areas.degenerate() || std::min(areas.positives_moved, areas.negatives_moved) < least_differing) {
    compare_by_pairs(result, rows, margin, rule);
  } else {
    compare_by_delong(result, areas, rows.independent_pairs(), margin, rule);
  }
  return result;
}

Level area_level(const Measure& measure, const RowSample& all, double minimum, const QualityRule& rule) {
  const ScoredRows rows = scored(measure, all);
  const AucComparison areas = delong(rows.candidate, rows.candidate, rows.positive);
  Level result;
  result.value = areas.first;
  result.units = static_cast<std::int64_t>(all.size());
  result.n["negatives"] = rows.negatives;
  const std::int64_t pairs = rows.independent_pairs();
  if (all.clustered()) {
    const Bootstrap drawn =
        score_bootstrap(rows.candidate, rows.positive, {ScoreMetric::roc_auc}, rule.bootstrap, rows.cluster);
    result.method = name_of_bootstrap(true, rule.bootstrap);
    if (drawn.degenerate())
      result.doubt_because("degenerate", "resampling gives no spread to judge by");
    else
      result.rest_on(drawn, minimum, rule);
    return result;
  }
  result.bounds = bounds_of(result.value, areas.first_variance, pairs, rule.alpha_pass);
  if (has_spread(result.value, areas.first_variance))
    level_by_delong(result, areas.first_variance, minimum);
  else
    level_by_pairs(result, pairs, minimum);
  return result;
}

}  // namespace modelgate
