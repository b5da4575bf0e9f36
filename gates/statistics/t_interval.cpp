// Student's t: means, and differences of means, with unknown variances.
//
// Paired: n differences, estimate their mean, standard error s/√n, n − 1 degrees of freedom.
// Unpaired: Welch (1947) with the Welch–Satterthwaite degrees of freedom; equal variances are not assumed.
// Equivalence: two one-sided tests (Schuirmann 1987, J. Pharmacokinet. Biopharm. 15:657).
//
// Assumption: the means are about normal, the values independent. Iterations of one process are not: give it
// one value for each process. Limits: one wild value widens the interval instead of being ignored;
// cross-check with signed_rank.h or rank_sum.h.

#include "gates/statistics/t_interval.h"

#include <algorithm>
#include <cmath>

#include "gates/statistics/descriptive.h"
#include "gates/statistics/distributions.h"
#include "gates/statistics/input.h"

namespace modelgate {

namespace {

double limit_p(double estimate, double delta) { return estimate > delta ? 0 : estimate < delta ? 1 : 0.5; }

void require_estimate(const StudentEstimate& estimate) {
  require_value(estimate.estimate);
  require(estimate.standard_error >= 0 && std::isfinite(estimate.standard_error),
          "the standard error is not a finite number of at least 0");
  require(estimate.degrees_of_freedom > 0, "the degrees of freedom must be positive");
}

}  // namespace

Interval StudentEstimate::bounds(double tail) const {
  require_estimate(*this);
  require_tail(tail);
  const double half = -student_quantile(tail, degrees_of_freedom) * standard_error;
  return {estimate - half, estimate + half};
}

double StudentEstimate::p_greater(double delta) const {
  require_estimate(*this);
  require_value(delta);
  if (degenerate()) return limit_p(estimate, delta);
  return student_upper((estimate - delta) / standard_error, degrees_of_freedom);
}

double StudentEstimate::p_less(double delta) const {
  return StudentEstimate{-estimate, standard_error, degrees_of_freedom}.p_greater(-delta);
}

StudentEstimate mean_estimate(std::span<const double> values) {
  require_values(values, 2);
  const auto n = static_cast<double>(values.size());
  return {mean(values), std::sqrt(variance(values) / n), n - 1};
}

StudentEstimate welch(std::span<const double> first, std::span<const double> second) {
  require_values(first, 2);
  require_values(second, 2);
  const auto n1 = static_cast<double>(first.size()), n2 = static_cast<double>(second.size());
  const double v1 = variance(first) / n1, v2 = variance(second) / n2;
  StudentEstimate result{mean(first) - mean(second), std::sqrt(v1 + v2), n1 + n2 - 2};
  const double largest = std::max(v1, v2);
  if (largest > 0) {
    const double r1 = v1 / largest, r2 = v2 / largest;
    result.degrees_of_freedom = (r1 + r2) * (r1 + r2) / (r1 * r1 / (n1 - 1) + r2 * r2 / (n2 - 1));
  }
  return result;
}

double equivalence_p(const StudentEstimate& estimate, double epsilon) {
  require(epsilon > 0 && std::isfinite(epsilon), "the bound of equivalence must be positive");
  return std::max(estimate.p_greater(-epsilon), estimate.p_less(epsilon));
}

}  // namespace modelgate
