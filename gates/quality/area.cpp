// ROC AUC, against the baseline and against a minimum.
//
// DeLong's variance, or where rows are clustered the bootstrap of clusters. For the candidate alone the
// bounds are taken on the logit scale, where they stay within 0 and 1 and reach further down near 1 (Qin &
// Hotilovac 2008, Statistical Methods in Medical Research 17:207).
//
// Where DeLong's variance means nothing (equal rankings, perfect separation, one score for every row, fewer
// than 6 examples of a class that are ranked otherwise) two facts remain. The AUC is the mean over pairs of a
// positive and a negative, of which k = min(positives, negatives) are independent, so Hoeffding's bound
// P(mean ≥ x) ≤ exp(−k·KL(x‖μ)) holds for it whatever the distribution (Hoeffding 1963, JASA 58:13, section
// 5). And the share of pairs that the candidate orders worse is at most Clopper and Pearson's bound from k
// pairs that share no example, each positive with one negative in the order of ids; the AUC falls by no more.

#include "gates/quality/area.h"

#include <fmt/format.h>

#include <cmath>

#include "gates/quality/resampling.h"
#include "gates/quality/scored_rows.h"
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
  result.proven = -clopper_pearson(changes.worse, pairs, rule.alpha_pass).upper;
  result.bounds = {result.proven, clopper_pearson(changes.better, pairs, rule.alpha_pass).upper};
  const double drop = -result.estimate();
  // A pair changes by −1 to 1; (1 + change)/2 lies in [0, 1].
  result.p_regression = drop > margin ? hoeffding((1 + drop) / 2, (1 + margin) / 2, pairs) : 1;
  result.method =
      fmt::format("few ranks differ: worst case by Clopper–Pearson of {} worse among {} independent pairs",
                  result.harmful, pairs);
}

double logit(double p) { return std::log(p / (1 - p)); }

void level_on_logit_scale(Level& result, double error, double minimum, const QualityRule& rule) {
  const double scaled = error / (result.value * (1 - result.value)), center = logit(result.value);
  const double half = -normal_quantile(rule.alpha_pass) * scaled;
  const auto back = [](double x) { return 1 / (1 + std::exp(-x)); };
  result.bounds = {back(center - half), back(center + half)};
  result.p_missed = normal_lower((center - logit(minimum)) / scaled);
  result.p_held = normal_upper((center - logit(minimum)) / scaled);
  result.method = "DeLong, on the logit scale";
}

/// Of an area without a variance. Perfect separation of k pairs proves α^(1/k), exactly.
void level_by_pairs(Level& result, std::int64_t pairs, double minimum, const QualityRule& rule) {
  const double p = hoeffding(result.value, minimum, pairs);
  result.units = pairs;
  result.unit_name = pair_name;
  result.p_missed = result.value < minimum ? p : 1;
  result.p_held = result.value > minimum ? p : 1;
  double low = 0, high = result.value;
  for (int step = 0; step < 100; ++step) {
    const double middle = (low + high) / 2;
    (hoeffding(result.value, middle, pairs) <= rule.alpha_pass ? low : high) = middle;
  }
  result.bounds = {low, 1};
  result.method = fmt::format("Hoeffding's bound from {} independent pairs", pairs);
}

}  // namespace

Difference area_difference(const Measure& measure, std::span<const Row> all, bool clustered, double margin,
                           const QualityRule& rule) {
  const ScoredRows rows = scored(measure, all);
  const AucComparison areas = delong(rows.candidate, rows.baseline, rows.positive);
  Difference result;
  result.baseline = areas.second;
  result.candidate = areas.first;
  result.units = static_cast<std::int64_t>(all.size());
  result.n["negatives"] = rows.negatives;
  if (clustered) {
    const Bootstrap drawn = resampled_area(rows, true, rule.bootstrap);
    result.method = "paired " + name_of_bootstrap(true, rule.bootstrap);
    if (drawn.degenerate())
      result.doubt_because("degenerate", "resampling gives no spread to judge by");
    else
      result.rest_on(drawn, margin, rule);
  } else if (areas.degenerate() || ranked_otherwise(rows) < least_differing) {
    compare_by_pairs(result, rows, margin, rule);
  } else {
    result.rest_on(areas, margin, rule);
    result.method = "DeLong";
  }
  return result;
}

Level area_level(const Measure& measure, std::span<const Row> all, bool clustered, double minimum,
                 const QualityRule& rule) {
  const ScoredRows rows = scored(measure, all);
  const AucComparison areas = delong(rows.candidate, rows.candidate, rows.positive);
  Level result;
  result.value = areas.first;
  result.units = static_cast<std::int64_t>(all.size());
  result.n["negatives"] = rows.negatives;
  const double error = std::sqrt(areas.first_variance);
  if (clustered) {
    const Bootstrap drawn = resampled_area(rows, false, rule.bootstrap);
    result.method = name_of_bootstrap(true, rule.bootstrap);
    if (drawn.degenerate())
      result.doubt_because("degenerate", "resampling gives no spread to judge by");
    else
      result.rest_on(drawn, minimum, rule);
  } else if (error > 1e-9 && result.value > 0 && result.value < 1) {
    level_on_logit_scale(result, error, minimum, rule);
  } else {
    level_by_pairs(result, rows.independent_pairs(), minimum, rule);
  }
  return result;
}

}  // namespace modelgate
