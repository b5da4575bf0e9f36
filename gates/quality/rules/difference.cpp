// By how much did the metric change from the baseline to the candidate?
//
// Shares of rows (accuracy, recall of a class): Tango's score interval on the paired table decides,
// Newcombe's square-and-add is the cross-check, mid-p McNemar is reported. Clustered rows: the mean of the
// differences with the clusters' standard error. Everything else: the paired BCa bootstrap of rows or
// clusters.
//
// Few differing rows. Where hardly any row differs, what was not seen is what counts: all of these rules then
// take the little that they see for the whole. Tango passes a candidate that loses 1 % of the rows in 6.8 %
// of samples of 268 rows (those without a single lost one), a bootstrap of identical answers has no spread at
// all. Below 6 differing units (the fewest of which a sign test can prove anything at 5 %, two-sided) no
// change is called proven, and a pass must rest on an exact bound instead: no more units than Clopper and
// Pearson's upper bound of the share of harmful ones get worse, and they fall where it hurts most. 299 rows
// without a lost one prove a margin of 1 point.
//
// Limits: at exactly the margin, with between 6 and 15 differing rows, Tango calls a regression proven in up
// to 8.8 % of samples instead of 5 % (by enumeration); away from the margin that falls off quickly.

#include "gates/quality/rules/difference.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "gates/quality/rules/area.h"
#include "gates/quality/rules/order_difference.h"
#include "gates/quality/rules/rank_difference.h"
#include "gates/quality/rules/resampling.h"
#include "gates/quality/rules/tally_difference.h"
#include "gates/quality/rules/term_difference.h"
#include "gates/statistics/bound_inversion.h"
#include "gates/statistics/mcnemar.h"
#include "gates/statistics/paired_proportions.h"
#include "gates/statistics/proportion_interval.h"

namespace modelgate {
namespace {

/// Rests the result on the worst case, where few units differ.
void allow_for_the_unseen(Difference& result, const Measure& measure, const Tally& tally,
                          const Changes& changes, double margin, const QualityRule& rule) {
  const double most_rows = static_cast<double>(result.units * tally.rows_of_largest_unit());
  const ClassCounts before = tally.of(&Tally::Entry::before, tally.multiplicity),
                    now = tally.of(&Tally::Entry::now, tally.multiplicity);
  const auto drop = [&](const ClassCounts& from, std::int64_t changed, double tail) {
    return largest_drop(measure, from, most_rows * clopper_pearson(changed, result.units, tail).upper);
  };
  const auto proven_at = [&](double tail) { return -drop(before, changes.harmful, tail); };
  result.few = true;
  result.doubt_because("", "");
  result.proven = proven_at(rule.alpha_pass);
  // An improvement that is asked for is excluded by the most that it can be.
  result.p_regression =
      margin < 0 ? p_of_lower_bound([&](double tail) { return -drop(now, changes.helpful, tail); }, margin)
                 : 1;
  result.p_non_inferiority = p_of_lower_bound(proven_at, -margin);
  if (result.method.empty()) result.bounds = {result.proven, drop(now, changes.helpful, rule.alpha_pass)};
  result.method += (result.method.empty() ? "" : "; ") +
                   fmt::format("few rows differ: worst case by Clopper–Pearson of {} harmful among {}",
                               changes.harmful, result.units);
}

enum class Proof { regression, non_inferiority, none };

Proof proof(double p_regression, double lower, double margin, double alpha_fail) {
  if (p_regression <= alpha_fail) return Proof::regression;
  if (-lower <= margin) return Proof::non_inferiority;
  return Proof::none;
}

PairedCounts paired_counts(const Tally& tally) {
  PairedCounts counts;
  for (std::size_t u = 0; u < tally.multiplicity.size(); ++u)
    for (std::size_t e = tally.first[u]; e < tally.first[u + 1]; ++e) {
      const Tally::Entry& entry = tally.entries[e];
      (entry.now == 1 ? (entry.before == 1 ? counts.both : counts.only_first)
                      : (entry.before == 1 ? counts.only_second : counts.neither)) +=
          tally.multiplicity[u] * entry.count;
    }
  return counts;
}

void by_tango(Difference& result, const PairedCounts& counts, double margin, const QualityRule& rule) {
  result.bounds = tango_bounds(counts, rule.alpha_pass);
  result.proven = result.bounds.lower;
  result.p_regression = tango_p_less(counts, -margin);
  result.p_non_inferiority = tango_p_greater(counts, -margin);
  result.method = "Tango score interval";
  const Interval check = newcombe_bounds(counts, rule.alpha_pass);
  // The cross-check proves a regression where its upper bound at alpha_fail lies below the margin.
  const bool says_worse = newcombe_bounds(counts, rule.alpha_fail).upper < -margin;
  const Proof tango = proof(result.p_regression, result.bounds.lower, margin, rule.alpha_fail);
  if ((tango == Proof::regression && -check.lower <= margin) ||
      (tango == Proof::non_inferiority && says_worse)) {
    result.doubt_because("rules_disagree", "Tango's and Newcombe's intervals prove opposite things");
  }
  result.details = fmt::format(
      "mid-p McNemar of no change: p = {:.4g}; Newcombe square-and-add bounds {:+.3f} to {:+.3f} points",
      mcnemar(counts.only_first, counts.only_second).mid_p, 100 * check.lower, 100 * check.upper);
}

Difference share_difference(const Measure& measure, const Tally& tally, bool clustered, bool enough,
                            double margin, const QualityRule& rule) {
  const PairedCounts counts = paired_counts(tally);
  Difference result;
  const auto size = static_cast<double>(counts.rows());
  result.baseline = static_cast<double>(counts.both + counts.only_second) / size;
  result.candidate = static_cast<double>(counts.both + counts.only_first) / size;
  result.n = {
      {"discordant", counts.discordant()}, {"gained", counts.only_first}, {"lost", counts.only_second}};
  if (!clustered) {
    by_tango(result, counts, margin, rule);
  } else if (enough) {
    const Tally adjusted = supposing(tally, measure, Supposed::both);
    const auto change = [](const Tally::Entry& entry) { return entry.now - entry.before; };
    result.rest_on(mean_of_clusters(adjusted, change), margin, rule);
    result.method = "Student's t with the standard error of clusters, two supposed";
  }
  return result;
}

Difference resampled_difference(const Measure& measure, const Tally& tally, bool clustered, bool enough,
                                const Change& margin, const QualityRule& rule) {
  const auto value = [&](const Tally& of, std::int32_t Tally::Entry::*model,
                         std::span<const std::int64_t> counts) {
    thread_local ClassCounts drawn(0);
    of.count(model, counts, drawn);
    return value_of(measure, drawn);
  };
  Difference result;
  result.baseline = value(tally, &Tally::Entry::before, tally.multiplicity);
  result.candidate = value(tally, &Tally::Entry::now, tally.multiplicity);
  if (!std::isfinite(result.estimate())) {
    result.doubt_because("undefined", measure.average == Average::one_class
                                          ? "it is not defined, because the class is never predicted"
                                          : "it is not defined where all rows are of one class");
    return result;
  }
  if (!enough) return result;
  const Tally adjusted = supposing(tally, measure, Supposed::both);
  const auto drawn_with = [&](double factor) {
    return resampled(
        adjusted,
        [&](std::span<const std::int64_t> counts) {
          return value(adjusted, &Tally::Entry::now, counts) -
                 factor * value(adjusted, &Tally::Entry::before, counts);
        },
        rule.bootstrap);
  };
  const ScaledMargin scaled = scaled_margin(margin, result.baseline);
  const Bootstrap drawn = drawn_with(1);
  result.method = "paired " + name_of_bootstrap(clustered, rule.bootstrap) + ", two supposed";
  if (drawn.degenerate())
    result.doubt_because("degenerate", "it is not defined in too many resamples");
  else if (margin.relative)
    result.rest_on(drawn, drawn_with(scaled.factor), scaled.tolerated, rule);
  else
    result.rest_on(drawn, margin.size, rule);
  return result;
}

}  // namespace

Difference difference_of_tally(const Measure& measure, const Tally& tally, bool clustered,
                               const Change& margin, const QualityRule& rule) {
  const Changes changes = changes_in(tally);
  const bool enough = changes.differing >= least_differing;
  Difference result = measure.is_share_of_rows()
                          ? share_difference(measure, tally, clustered, enough, margin.size, rule)
                          : resampled_difference(measure, tally, clustered, enough, margin, rule);
  result.units = tally.units();
  result.harmful = changes.harmful;
  result.n.try_emplace("discordant", changes.differing);
  if (!enough && result.reason != "undefined")
    allow_for_the_unseen(result, measure, tally, changes, scaled_margin(margin, result.baseline).tolerated,
                         rule);
  return result;
}

ScaledMargin scaled_margin(const Change& margin, double baseline) {
  if (!margin.relative) return {1, margin.size};
  const double tolerated = margin.size * std::abs(baseline);
  return {1 - tolerated / baseline, tolerated};
}

namespace {

Difference by_family(const Measure& measure, const RowSample& rows, const Change& margin,
                     const QualityRule& rule) {
  switch (measure.family()) {
    case Family::terms:
      return terms_difference(measure, rows, margin, rule);
    case Family::order:
      return order_difference(measure, rows, margin, rule);
    case Family::ranks:
      return rank_difference(measure, rows, margin, rule);
    case Family::area:
      return area_difference(measure, rows, margin.size, rule);
    default:
      return difference_of_tally(measure, tally_of(measure, rows), rows.clustered(), margin, rule);
  }
}

}  // namespace

Difference difference_of(const Measure& measure, const RowSample& rows, const Change& margin,
                         const QualityRule& rule) {
  Difference result = by_family(measure, rows, margin, rule);
  // A share of a value that is not defined is told as why nothing can be decided, and not as a broken number.
  const double tolerated = scaled_margin(margin, result.baseline).tolerated;
  result.tolerated = std::isnan(tolerated) && !result.doubt.empty() ? 0 : tolerated;
  for (const auto& [name, count] : sizes_of(measure, rows)) result.n[name] = count;
  return result;
}

}  // namespace modelgate
