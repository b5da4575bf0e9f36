#pragma once

#include <span>

#include "gates/statistics/interval.h"

namespace modelgate {

/// An estimate whose error, divided by its standard error, follows Student's t.
struct StudentEstimate {
  double estimate = 0;
  double standard_error = 0;
  double degrees_of_freedom = 1;

  /// No spread at all was seen: the bounds are the estimate itself, and the p-values 0, ½ or 1. A gate must
  /// not take that for proof unless the quantity really is exact.
  bool degenerate() const { return !(standard_error > 0); }

  Interval bounds(double tail) const;
  double p_greater(double delta) const;
  double p_less(double delta) const;
};

/// The mean of independent values; of differences: the paired t interval. At least two.
StudentEstimate mean_estimate(std::span<const double> values);

/// mean(first) − mean(second) of independent samples with unequal variances. At least two of each.
StudentEstimate welch(std::span<const double> first, std::span<const double> second);

/// The p-value of "the true value lies outside (−epsilon, epsilon)": two one-sided tests. Equivalence at
/// level α is proven if it is ≤ α, which is when bounds(α) lie inside. epsilon > 0.
double equivalence_p(const StudentEstimate& estimate, double epsilon);

}  // namespace modelgate
