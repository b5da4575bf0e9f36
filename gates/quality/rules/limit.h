#pragma once

#include <string>

#include "gates/quality/rules/difference.h"

namespace modelgate {

/// What the rows say about the candidate's own value, as goodness (presentation.h).
struct Level {
  double value = 0;
  Interval bounds;               ///< Each at 1 − alpha_pass.
  double p_missed = 1;           ///< Of "the value is at least the minimum"; small: it is proven to be below.
  std::optional<double> p_held;  ///< Of "the value is at most the minimum".
  std::string reason, doubt;     ///< Why nothing can be decided, as a code and in words.
  std::string needs;             ///< What would help, if it is not the usual.
  std::string method;
  std::int64_t units = 0;
  std::string unit_name;  ///< As in Difference.
  std::map<std::string, std::int64_t> n;

  /// Takes bounds and p-values from an estimate of the value.
  template <typename Estimate>
  void rest_on(const Estimate& estimate, double minimum, const QualityRule& rule) {
    bounds = estimate.bounds(rule.alpha_pass);
    p_missed = estimate.p_less(minimum);
    p_held = estimate.p_greater(minimum);
  }
  void doubt_because(const std::string& code, const std::string& words) {
    reason = code;
    doubt = words;
  }
};

/// Clopper–Pearson's exact bounds for shares of rows and for the precision of a class, because "proven" is to
/// mean at least the promised confidence (Wilson's interval has it on average only); DeLong's variance for
/// ROC AUC; Student's t for means; the BCa bootstrap for the rest. The negative-flip rate is of rows of both
/// models.
Level level_of(const Measure& measure, const RowSample& rows, double minimum, const QualityRule& rule);

}  // namespace modelgate
