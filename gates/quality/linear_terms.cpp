// Few differences. Where fewer than 6 units differ their spread is nothing to go by. No more units than
// Clopper and Pearson's bound get worse then, and each by no more than lies between the best and the worst
// that a row can have (or, where a term has no bounds, between the best and the worst row that was seen in
// either model; a worse one would have to be rarer than the bound of the share tells). A relative margin is
// compared as candidate − (1 ± margin)·baseline against 0, row by row, so that the luck of the baseline is in
// the interval.

#include "gates/quality/linear_terms.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gates/quality/few_differences.h"
#include "gates/quality/linear_estimate.h"
#include "gates/quality/term_units.h"
#include "gates/statistics/proportion_interval.h"

namespace modelgate {
namespace {

/// What units add to the numerator, as goodness, and to the denominator.
struct Parts {
  std::vector<double> before, now, size;
  double largest_fall = 0;  ///< Of the metric, if one unit gives the worst instead of the best.
};

/// The least and the largest of a row's numbers, for each unit of size.
struct Range {
  double least = INFINITY, most = -INFINITY;

  void see(double term, double size) {
    if (!(size > 0)) return;
    least = std::min(least, term / size);
    most = std::max(most, term / size);
  }
};

bool is_bounded(const RowTerms& terms) { return terms.lowest && terms.highest; }

Parts parts_of(const Measure& measure, const TermUnits& units, bool with_baseline) {
  const RowTerms& terms = *measure.terms;
  const double sign = measure.lower_is_better ? -1 : 1;
  Parts parts;
  Range range;
  double largest = 0, all = 0;
  for (std::size_t u = 0; u < units.size(); ++u) {
    double before = 0, now = 0, size = 0;
    for (const std::size_t row : units.of(u)) {
      const double of_row = terms.kind == RowTerms::Kind::ratio ? terms.sizes[row] : 1;
      size += of_row;
      now += terms.candidate[row];
      range.see(terms.candidate[row], of_row);
      if (!with_baseline) continue;
      before += terms.baseline[row];
      range.see(terms.baseline[row], of_row);
    }
    parts.before.push_back(sign * before);
    parts.now.push_back(sign * now);
    parts.size.push_back(size);
    largest = std::max(largest, size);
    all += size;
  }
  const double width = is_bounded(terms) ? *terms.highest - *terms.lowest : range.most - range.least;
  parts.largest_fall = width * largest / all;
  return parts;
}

std::vector<double> contrast(const Parts& parts, double factor) {
  std::vector<double> values;
  for (std::size_t u = 0; u < parts.now.size(); ++u)
    values.push_back(parts.now[u] - factor * parts.before[u]);
  return values;
}

std::string name_of_rule(const RowSample& rows) {
  return fmt::format("Student's t over {}, two supposed", rows.clustered() ? "clusters" : "rows");
}

/// Where hardly any unit lies below the best of all: the worst case of how many do. False where a term has no
/// best, or more of them do.
bool rests_on_worst_case(Level& result, const Measure& measure, const Parts& parts, const QualityRule& rule) {
  const RowTerms& terms = *measure.terms;
  if (!is_bounded(terms)) return false;
  const double best = measure.lower_is_better ? -*terms.lowest : *terms.highest;
  std::int64_t wrong = 0;
  for (std::size_t u = 0; u < parts.now.size(); ++u) wrong += parts.now[u] < best * parts.size[u];
  if (wrong >= least_differing) return false;
  const double share = clopper_pearson(wrong, result.units, rule.alpha_pass).upper;
  result.bounds = {best - share * parts.largest_fall * static_cast<double>(result.units), best};
  result.method =
      fmt::format("few wrong answers: worst case by Clopper–Pearson of {} among {}", wrong, result.units);
  return true;
}

}  // namespace

Difference linear_difference(const Measure& measure, const RowSample& rows, const Change& margin,
                             const QualityRule& rule) {
  const TermUnits units(rows);
  const Parts parts = parts_of(measure, units, true);
  Difference result;
  result.baseline = linear_estimate(parts.before, parts.size).estimate;
  result.candidate = linear_estimate(parts.now, parts.size).estimate;
  result.units = static_cast<std::int64_t>(units.size());
  if (!is_defined(result, margin)) return result;
  const UnitChanges changes = changes_between(parts.before, parts.now);
  result.harmful = changes.worse;
  result.n = {{"worse", changes.worse}, {"better", changes.better}};
  const ScaledMargin scaled = scaled_margin(margin, result.baseline);
  if (changes.differing() < least_differing) {
    rest_on_worst_case(result, changes, parts.largest_fall, scaled.tolerated, rule);
    return result;
  }
  const StudentEstimate change = linear_estimate(contrast(parts, 1), parts.size);
  if (margin.relative)
    result.rest_on(change, linear_estimate(contrast(parts, scaled.factor), parts.size), scaled.tolerated,
                   rule);
  else
    result.rest_on(change, margin.size, rule);
  result.method = name_of_rule(rows);
  return result;
}

Level linear_level(const Measure& measure, const RowSample& rows, double minimum, const QualityRule& rule) {
  const TermUnits units(rows);
  const Parts parts = parts_of(measure, units, false);
  const StudentEstimate estimate = linear_estimate(parts.now, parts.size);
  Level result;
  result.value = estimate.estimate;
  result.units = static_cast<std::int64_t>(units.size());
  if (rests_on_worst_case(result, measure, parts, rule)) return result;
  if (estimate.degenerate()) {
    result.bounds = {-INFINITY, INFINITY};
    result.doubt_because("degenerate", "all rows have the same value, which gives no spread to judge by");
    return result;
  }
  result.rest_on(estimate, minimum, rule);
  if (is_bounded(*measure.terms)) {
    const double best = measure.lower_is_better ? -*measure.terms->lowest : *measure.terms->highest;
    result.bounds.upper = std::min(result.bounds.upper, best);
  }
  result.method = name_of_rule(rows);
  return result;
}

}  // namespace modelgate
