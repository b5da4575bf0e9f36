// What a number of examples can say about a difference of ROC AUCs.
//
// Method: from data, DeLong's variance times the number of examples is the variance that one example brings,
// and more examples of the same mix divide it. Before there are data, Hanley & McNeil's variance
// (1982, Radiology 143:29), which supposes scores with exponential tails, and for two models that scored the
// same examples V1 + V2 − 2r√(V1·V2) (1983, Radiology 148:839).
//
// Assumption: examples are independent and the mix of classes stays. Limits: near AUC 1 the variance changes
// faster than the normal distribution knows; Hanley & McNeil's is a plan, not a measurement.

#include "gates/statistics/power_of_auc.h"

#include <cmath>

#include "gates/statistics/input.h"

namespace modelgate {

namespace {

double variance_of(double auc, double positives, double negatives) {
  const double both_positive = auc / (2 - auc), both_negative = 2 * auc * auc / (1 + auc);
  return (auc * (1 - auc) + (positives - 1) * (both_positive - auc * auc) +
          (negatives - 1) * (both_negative - auc * auc)) /
         (positives * negatives);
}

}  // namespace

double hanley_mcneil_variance(double auc, std::int64_t positives, std::int64_t negatives) {
  require(auc >= 0 && auc <= 1, "the AUC is not within [0, 1]");
  require(positives >= 1 && negatives >= 1, "at least one example of each class is needed");
  return variance_of(auc, static_cast<double>(positives), static_cast<double>(negatives));
}

MeanDesign auc_design(const AucComparison& seen, double margin, double tail) {
  require(seen.positives >= 2 && seen.negatives >= 2, "at least two positives and two negatives are needed");
  require(seen.variance >= 0 && std::isfinite(seen.variance),
          "the variance is not a finite number of at least 0");
  require_value(margin);
  require_tail(tail);
  return {margin, std::sqrt(seen.variance * static_cast<double>(seen.positives + seen.negatives)), tail};
}

MeanDesign auc_design(const AucPlan& plan, double margin, double tail) {
  require(plan.auc >= 0.5 && plan.auc < 1, "the AUC is not within [0.5, 1)");
  require(plan.correlation >= 0 && plan.correlation < 1, "the correlation is not within [0, 1)");
  require(plan.positive_share > 0 && plan.positive_share < 1, "the share of positives is not within (0, 1)");
  require_value(margin);
  require_tail(tail);
  // So many examples that what shrinks faster than 1/n is gone.
  constexpr double many = 1e9;
  const double one =
      variance_of(plan.auc, many * plan.positive_share, many * (1 - plan.positive_share)) * many;
  return {margin, std::sqrt(2 * one * (1 - plan.correlation)), tail};
}

}  // namespace modelgate
