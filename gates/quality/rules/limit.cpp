// Is the candidate's own value at least the minimum?
//
// Shares of rows, and the precision of a class among the rows predicted so: Clopper & Pearson's exact bounds
// and the binomial test that they belong to. Their coverage is guaranteed, which Wilson's is not. Clustered
// rows: the mean with the clusters' standard error. F1 and averages: the BCa bootstrap. Both suppose one unit
// more (resampling.h): a wrong one for the lower bound, a right one for the upper.
//
// Few wrong answers. Resampling (and the spread of clusters) cannot see errors that the data do not hold, so
// below 6 wrong units the bound is the worst case again: no more units than Clopper and Pearson's upper bound
// are wrong, and they fall where it hurts most.

#include "gates/quality/rules/limit.h"

#include <fmt/format.h>

#include <cmath>
#include <span>

#include "gates/quality/rules/area.h"
#include "gates/quality/rules/order_difference.h"
#include "gates/quality/rules/rank_difference.h"
#include "gates/quality/rules/resampling.h"
#include "gates/quality/rules/tally_difference.h"
#include "gates/quality/rules/term_difference.h"
#include "gates/statistics/distributions.h"
#include "gates/statistics/proportion_interval.h"

namespace modelgate {
namespace {

void by_binomial(Level& result, std::int64_t right, std::int64_t of, double minimum,
                 const QualityRule& rule) {
  result.units = of;
  result.bounds = clopper_pearson(right, of, rule.alpha_pass);
  result.p_missed = binomial_at_most(right, of, minimum);
  result.p_held = binomial_at_least(right, of, minimum);
  result.method = "Clopper–Pearson";
}

/// Correlations can be negative.
double lowest_of(const Measure& measure) {
  return measure.metric == Metric::matthews || measure.metric == Metric::kappa ? -1 : 0;
}

void by_worst_case(Level& result, const Measure& measure, const Tally& tally, std::int64_t wrong,
                   const QualityRule& rule) {
  const double share = clopper_pearson(wrong, result.units, rule.alpha_pass).upper;
  const double rows = share * static_cast<double>(result.units * tally.rows_of_largest_unit());
  const double drop = largest_drop(measure, tally.of(&Tally::Entry::before, tally.multiplicity), rows);
  result.bounds = {std::max(lowest_of(measure), 1 - drop), 1};
  result.method =
      fmt::format("few wrong answers: worst case by Clopper–Pearson of {} among {}", wrong, result.units);
}

/// The lower bound rests on one unit more that is wrong, the upper on one more that is right. A side without
/// a spread (nothing right at all, and one more wrong) proves nothing.
template <typename Estimate>
void take_both(Level& result, const Estimate& with_wrong, const Estimate& with_right, double lowest,
               double minimum, const QualityRule& rule) {
  result.bounds = {lowest, 1};
  if (!with_wrong.degenerate()) {
    result.bounds.lower = with_wrong.bounds(rule.alpha_pass).lower;
    result.p_held = with_wrong.p_greater(minimum);
  }
  if (!with_right.degenerate()) {
    result.bounds.upper = with_right.bounds(rule.alpha_pass).upper;
    result.p_missed = with_right.p_less(minimum);
  }
  if (with_wrong.degenerate() && with_right.degenerate())
    result.doubt_because("degenerate", "it is not defined in too many resamples");
}

void by_clusters(Level& result, const Measure& measure, const Tally& tally, double minimum,
                 const QualityRule& rule) {
  const auto mean = [&](Supposed supposed) {
    return mean_of_clusters(supposing(tally, measure, supposed),
                            [](const Tally::Entry& entry) { return entry.now; });
  };
  take_both(result, mean(Supposed::worse), mean(Supposed::better), 0, minimum, rule);
  result.method = "Student's t with the standard error of clusters, one supposed";
}

void by_bootstrap(Level& result, const Measure& measure, const Tally& tally, bool clustered, double minimum,
                  const QualityRule& rule) {
  const auto drawn = [&](Supposed supposed) {
    const Tally adjusted = supposing(tally, measure, supposed);
    return resampled(
        adjusted,
        [&](std::span<const std::int64_t> counts) {
          thread_local ClassCounts drawn(0);
          adjusted.count(&Tally::Entry::now, counts, drawn);
          return value_of(measure, drawn);
        },
        rule.bootstrap);
  };
  const Bootstrap with_wrong = drawn(Supposed::worse), with_right = drawn(Supposed::better);
  result.method = name_of_bootstrap(clustered, rule.bootstrap) + ", one supposed";
  take_both(result, with_wrong, with_right, lowest_of(measure), minimum, rule);
}

}  // namespace

Level level_of_tally(const Measure& measure, const Tally& tally, bool clustered, double minimum,
                     const QualityRule& rule) {
  const ClassCounts counts = tally.of(&Tally::Entry::now, tally.multiplicity);
  const std::int64_t wrong = changes_in(tally).differing;
  Level result;
  result.value = value_of(measure, counts);
  result.units = tally.units();
  if (!std::isfinite(result.value)) {
    result.doubt_because("undefined", measure.average == Average::one_class
                                          ? "it is not defined, because the class is never predicted"
                                          : "it is not defined where all rows are of one class");
  } else if (!clustered && measure.is_share_of_rows()) {
    by_binomial(result, counts.right[1], counts.labelled[1], minimum, rule);
  } else if (!clustered && measure.metric == Metric::precision && measure.average == Average::one_class) {
    by_binomial(result, counts.right[1], counts.predicted[1], minimum, rule);
  } else if (wrong < least_differing) {
    by_worst_case(result, measure, tally, wrong, rule);
  } else if (measure.is_share_of_rows()) {
    by_clusters(result, measure, tally, minimum, rule);
  } else {
    by_bootstrap(result, measure, tally, clustered, minimum, rule);
  }
  return result;
}

namespace {

/// The share of all rows that are not lost: not answered right by the baseline and wrong by the candidate. A
/// unit that is lost counts, whatever another one gained. Told as the goodness of the negative-flip rate.
Level flips_level(const RowSample& rows, double minimum, const QualityRule& rule) {
  const Measure share;
  const Tally tally = tally_of_kept(rows);
  Level result = level_of_tally(share, tally, rows.clustered(), 1 + minimum, rule);
  result.bounds = {result.bounds.lower - 1, result.bounds.upper - 1};
  for (const RowKind& kind : rows.kinds())
    if (is_lost(kind)) result.n["lost"] += kind.count;
  result.n.try_emplace("lost", 0);
  result.value = -static_cast<double>(result.n.at("lost")) / static_cast<double>(rows.size());
  return result;
}

Level by_family(const Measure& measure, const RowSample& rows, double minimum, const QualityRule& rule) {
  switch (measure.family()) {
    case Family::terms:
      return terms_level(measure, rows, minimum, rule);
    case Family::order:
      return order_level(measure, rows, minimum, rule);
    case Family::ranks:
      return rank_level(measure, rows, minimum, rule);
    case Family::area:
      return area_level(measure, rows, minimum, rule);
    case Family::flips:
      return flips_level(rows, minimum, rule);
    case Family::classes:
      break;
  }
  return level_of_tally(measure, tally_of(measure, rows, Against::labels), rows.clustered(), minimum, rule);
}

}  // namespace

Level level_of(const Measure& measure, const RowSample& rows, double minimum, const QualityRule& rule) {
  Level result = by_family(measure, rows, minimum, rule);
  for (const auto& [name, count] : sizes_of(measure, rows)) result.n[name] = count;
  return result;
}

}  // namespace modelgate
