#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gates/statistics/t_interval.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// A rule's settings.
struct PairRule {
  double margin = 0;  ///< δ, on the scale of the differences.
  double alpha_pass = 0.05;
  double alpha_fail = 0.05;         ///< At which the cross-check calls a regression proven.
  std::vector<std::int64_t> looks;  ///< Declared before the first; empty: one look at all there is.
};

/// What the differences of process pairs say of θ, around which they lie symmetrically.
struct PairEvidence {
  std::int64_t pairs = 0;         ///< That were judged: of the last look reached.
  std::vector<LookRecord> looks;  ///< Those reached; none where there are fewer pairs than the first.
  double estimate = 0;            ///< Hodges–Lehmann's.
  double lower = 0, upper = 0;    ///< Bounds of θ over all looks, each at 1 − alpha_pass; may be infinite.
  double p_regression = 1;        ///< Over all looks.
  double p_non_inferiority = 1;
  double spread = 0;  ///< Standard deviation of a difference, robustly; what a further pair brings.
  std::optional<StudentEstimate> by_t;  ///< The cross-check of the pairs judged; of two or more.
  std::string doubt;  ///< The rule and its cross-check prove opposite things; empty if they do not.
};

/// Weighs differences (candidate less baseline; positive: worse) in the order in which they were measured.
/// Errors (std::invalid_argument): no difference, one that is not finite, more than the last look declares.
PairEvidence weigh_pairs(std::span<const double> differences, const PairRule& rule);

}  // namespace modelgate
