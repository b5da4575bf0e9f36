#pragma once

#include <span>
#include <string>

#include "gates/quality/difference.h"

namespace modelgate {

/// What the rows say about the candidate's own value, a fraction.
struct Level {
  double value = 0;
  Interval bounds;               ///< Lower at 1 − alpha_pass, upper at 1 − alpha_fail.
  double p_missed = 1;           ///< Of "the value is at least the minimum"; small: it is proven to be below.
  std::optional<double> p_held;  ///< Of "the value is at most the minimum".
  std::string reason, doubt;     ///< Why nothing can be decided, as a code and in words.
  std::string method;
  std::int64_t units = 0;
  std::map<std::string, std::int64_t> n;
};

/// Clopper–Pearson's exact bounds for shares of rows and for the precision of a class, because "proven" is to
/// mean at least the promised confidence (Wilson's interval has it on average only); DeLong's variance for
/// ROC AUC; the BCa bootstrap for the rest.
Level level_of(const Measure& measure, std::span<const Row> rows, std::size_t classes, bool clustered,
               double minimum, const QualityRule& rule);

}  // namespace modelgate
