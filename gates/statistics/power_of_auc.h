#pragma once

#include <cstdint>

#include "gates/statistics/delong.h"
#include "gates/statistics/power_of_means.h"

namespace modelgate {

// Differences of ROC AUCs have a standard error of spread/√n for n examples at a fixed mix of classes; with
// the spread from here normal_power, normal_needed and normal_detectable (power_of_means.h) answer for them,
// n being examples.

/// From data: DeLong's variance, at the mix that the data have.
MeanDesign auc_design(const AucComparison& seen, double margin, double tail);

/// Before there are data.
struct AucPlan {
  double auc = 0.8;             ///< In [0.5, 1).
  double correlation = 0;       ///< Of the two models' AUCs over samples, in [0, 1): often 0.5 and more.
  double positive_share = 0.5;  ///< In (0, 1).
};
MeanDesign auc_design(const AucPlan& plan, double margin, double tail);

/// Hanley and McNeil's variance of one AUC.
double hanley_mcneil_variance(double auc, std::int64_t positives, std::int64_t negatives);

}  // namespace modelgate
