// To the bootstrap every row is its numbers: a resample adds up those of the rows that were drawn. Of more
// than 50,000 units the delta method takes its place: each unit counts with its influence, the gradient of
// the metric at the sums times the unit's numbers, and their spread is the metric's.
//
// Where fewer than 6 units have another influence in one model than in the other, the worst case is that no
// more than Clopper and Pearson's bound get worse, each by the range of all influences.

#include "gates/quality/rules/sum_terms.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gates/quality/rules/few_differences.h"
#include "gates/quality/rules/linear_estimate.h"
#include "gates/quality/rules/resampling.h"
#include "gates/quality/rules/term_difference.h"
#include "gates/quality/rules/term_units.h"

namespace modelgate {
namespace {

std::vector<double> influences(const TermSums& sums, double sign) {
  std::vector<double> influences = sums.influence();
  for (double& one : influences) one *= sign;
  return influences;
}

bool are_finite(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
}

double range_of(const std::vector<double>& before, const std::vector<double>& now) {
  double least = INFINITY, most = -INFINITY;
  for (const std::vector<double>* of : {&before, &now})
    for (const double one : *of) {
      least = std::min(least, one);
      most = std::max(most, one);
    }
  return most - least;
}

std::string name_of_delta(bool clustered) {
  return fmt::format("delta method over {}", clustered ? "clusters" : "rows");
}

/// Both models' sums, and the difference of what they give.
class Comparison {
 public:
  Comparison(const Measure& measure, const RowSample& rows, const QualityRule& rule)
      : rule_(rule),
        clustered_(rows.clustered()),
        sign_(measure.lower_is_better ? -1 : 1),
        units_(rows),
        before_(*measure.terms, units_, Model::baseline),
        now_(*measure.terms, units_, Model::candidate) {}

  Difference difference(const Change& margin) const {
    Difference result;
    result.baseline = sign_ * before_.value();
    result.candidate = sign_ * now_.value();
    result.units = static_cast<std::int64_t>(units_.size());
    if (!is_defined(result, margin)) return result;
    const std::vector<double> before = influences(before_, sign_), now = influences(now_, sign_);
    // At a value where the metric has no slope (an error of exactly 0) influences tell nothing.
    const bool have_slopes = are_finite(before) && are_finite(now);
    const UnitChanges changes = changes_between(before, now);
    result.harmful = changes.worse;
    result.n = {{"worse", changes.worse}, {"better", changes.better}};
    const ScaledMargin scaled = scaled_margin(margin, result.baseline);
    if (have_slopes && changes.differing() < least_differing) {
      rest_on_worst_case(result, changes, range_of(before, now), scaled.tolerated, rule_);
    } else if (!have_slopes && units_.size() > most_resampled_units) {
      result.doubt_because("degenerate", "the rows do not show how much one of them can change it");
    } else if (units_.size() > most_resampled_units) {
      rest(result, margin, scaled, [&](double factor) {
        std::vector<double> contrast;
        for (std::size_t u = 0; u < now.size(); ++u) contrast.push_back(now[u] - factor * before[u]);
        return estimate_by_influences(result.candidate - factor * result.baseline, contrast);
      });
      result.method = name_of_delta(clustered_);
    } else {
      result.method = "paired " + name_of_bootstrap(clustered_, rule_.bootstrap);
      const Bootstrap change = drawn(1);
      if (change.degenerate())
        result.doubt_because("degenerate", "it is not defined in too many resamples");
      else
        rest(result, margin, scaled, [&](double factor) { return factor == 1 ? change : drawn(factor); });
    }
    return result;
  }

 private:
  Bootstrap drawn(double factor) const {
    return bootstrap(
        std::vector<std::int64_t>(units_.size(), 1),
        [&](std::span<const std::int64_t> counts) {
          return sign_ * (now_.value(counts) - factor * before_.value(counts));
        },
        [&](std::size_t u) { return sign_ * (now_.without(u) - factor * before_.without(u)); },
        rule_.bootstrap);
  }

  template <typename EstimateWith>
  void rest(Difference& result, const Change& margin, const ScaledMargin& scaled,
            const EstimateWith& estimate_with) const {
    if (margin.relative)
      result.rest_on(estimate_with(1), estimate_with(scaled.factor), scaled.tolerated, rule_);
    else
      result.rest_on(estimate_with(1), margin.size, rule_);
  }

  const QualityRule& rule_;
  bool clustered_;
  double sign_;
  TermUnits units_;
  TermSums before_, now_;
};

}  // namespace

Difference sums_difference(const Measure& measure, const RowSample& rows, const Change& margin,
                           const QualityRule& rule) {
  return Comparison(measure, rows, rule).difference(margin);
}

Level sums_level(const Measure& measure, const RowSample& rows, double minimum, const QualityRule& rule) {
  const double sign = measure.lower_is_better ? -1 : 1;
  const TermUnits units(rows);
  const TermSums now(*measure.terms, units, Model::candidate);
  Level result;
  result.value = sign * now.value();
  result.units = static_cast<std::int64_t>(units.size());
  if (!std::isfinite(result.value)) {
    result.doubt_because("undefined", "it is not defined on these rows");
    return result;
  }
  if (units.size() > most_resampled_units) {
    const StudentEstimate estimate = estimate_by_influences(result.value, influences(now, sign));
    result.method = name_of_delta(rows.clustered());
    if (estimate.standard_error > 0)
      result.rest_on(estimate, minimum, rule);
    else
      result.doubt_because("degenerate", "the rows do not show how much one of them can change it");
    return result;
  }
  const Bootstrap drawn = bootstrap(
      std::vector<std::int64_t>(units.size(), 1),
      [&](std::span<const std::int64_t> counts) { return sign * now.value(counts); },
      [&](std::size_t u) { return sign * now.without(u); }, rule.bootstrap);
  result.method = name_of_bootstrap(rows.clustered(), rule.bootstrap);
  if (drawn.degenerate())
    result.doubt_because("degenerate", "resampling gives no spread to judge by");
  else
    result.rest_on(drawn, minimum, rule);
  return result;
}

}  // namespace modelgate
