#include "gates/quality/rules/few_differences.h"

#include <fmt/format.h>

#include <cmath>

#include "gates/statistics/bound_inversion.h"
#include "gates/statistics/proportion_interval.h"

namespace modelgate {

UnitChanges changes_between(std::span<const double> before, std::span<const double> now) {
  UnitChanges changes;
  for (std::size_t u = 0; u < now.size(); ++u) {
    changes.worse += now[u] < before[u];
    changes.better += now[u] > before[u];
  }
  return changes;
}

bool is_defined(Difference& result, const Change& margin) {
  const bool finite = std::isfinite(result.estimate());
  if (finite && !(margin.relative && result.baseline == 0)) return true;
  result.doubt_because(
      "undefined", finite ? "a share of a baseline of 0 is no margin" : "it is not defined on these rows");
  return false;
}

void rest_on_worst_case(Difference& result, const UnitChanges& changes, double fall_of_one, double margin,
                        const QualityRule& rule) {
  const double fall_of_all = fall_of_one * static_cast<double>(result.units);
  const auto fall = [&](std::int64_t changed, double tail) {
    return fall_of_all * clopper_pearson(changed, result.units, tail).upper;
  };
  const auto proven_at = [&](double tail) { return -fall(changes.worse, tail); };
  result.harmful = changes.worse;
  // One value in all rows (a judge that always says 5, a perfect corpus) does not show what a row can cost,
  // and a change that is larger than the worst case was none of few rows.
  if (!(fall_of_one > 0 && std::isfinite(fall_of_all)) ||
      !(proven_at(rule.alpha_pass) <= result.estimate())) {
    result.doubt_because("degenerate", "the rows do not show how much one of them can change it");
    return;
  }
  result.few = true;
  result.doubt_because("", "");
  result.proven = proven_at(rule.alpha_pass);
  result.bounds = {result.proven, fall(changes.better, rule.alpha_pass)};
  result.p_non_inferiority = p_of_lower_bound(proven_at, -margin);
  // An improvement that is asked for is excluded by the most that it can be.
  result.p_regression =
      margin < 0 ? p_of_lower_bound([&](double tail) { return -fall(changes.better, tail); }, margin) : 1;
  result.method = fmt::format("few rows differ: worst case by Clopper–Pearson of {} harmful among {}",
                              changes.worse, result.units);
}

}  // namespace modelgate
