#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>

#include "gates/quality/rules/measure.h"
#include "gates/statistics/bootstrap.h"
#include "gates/statistics/interval.h"

namespace modelgate {

/// With what the evidence is weighed.
struct QualityRule {
  double alpha_pass = 0.05, alpha_fail = 0.05;
  BootstrapSettings bootstrap;
  /// Of the bounds that are shown. 1 − alpha_pass, unless this is one look of several, which has a share of
  /// the error rates.
  double confidence = 0.95;
};

/// Fewer units than these that differ prove no change; fewer clusters, positives or negatives than these
/// decide nothing.
inline constexpr std::int64_t least_differing = 6, least_clusters = 10, least_positives = 30,
                              least_scored = 20;

/// What the rows say about a metric of the candidate less that of the baseline. All numbers are of goodness
/// (presentation.h): where less of the metric is better, its negative.
struct Difference {
  double baseline = 0, candidate = 0;
  Interval bounds;  ///< Of candidate − baseline, each at 1 − alpha_pass; infinite where there is none.
  /// What a pass rests on: the lower bound, or where few rows differ a bound that allows for rows that would
  /// have differed and were not seen, at 1 − alpha_pass.
  double proven = -std::numeric_limits<double>::infinity();
  /// The fall that is tolerated; that of a relative margin is known with the baseline's value. Negative: the
  /// rise that is asked for.
  double tolerated = 0;
  bool few = false;         ///< So few rows differ that no change is proven in either direction.
  double p_regression = 1;  ///< Of "it fell by no more than the margin".
  std::optional<double> p_non_inferiority;
  std::string reason, doubt;  ///< Why nothing can be decided by these numbers, as a code and in words.
  std::string needs;          ///< What would help, if it is not the usual.
  std::string method, details;

  std::int64_t units = 0;    ///< Independent of each other: rows, rows of the class, or clusters.
  std::string unit_name;     ///< Of others, such as pairs.
  std::int64_t harmful = 0;  ///< Units in which the candidate answers worse.
  std::map<std::string, std::int64_t> n;

  double estimate() const { return candidate - baseline; }

  /// Takes bounds and p-values from an estimate of candidate − baseline.
  template <typename Estimate>
  void rest_on(const Estimate& estimate, double margin, const QualityRule& rule) {
    rest_on(estimate, estimate, margin, rule);
  }
  /// The same, decided by an estimate of candidate − factor·baseline, whose margin is 0.
  template <typename Estimate>
  void rest_on(const Estimate& estimate, const Estimate& deciding, double margin, const QualityRule& rule) {
    bounds = estimate.bounds(rule.alpha_pass);
    const bool scaled = &estimate != &deciding;
    const double at = scaled ? 0 : -margin;
    proven = deciding.bounds(rule.alpha_pass).lower - (scaled ? margin : 0);
    p_regression = deciding.p_less(at);
    p_non_inferiority = deciding.p_greater(at);
  }
  void doubt_because(const std::string& code, const std::string& words) {
    reason = code;
    doubt = words;
  }
};

/// Compares both models on the rows by the rule that fits the metric: Tango's score interval for shares of
/// rows, Student's t for means of numbers, DeLong's for ROC AUC, the paired BCa bootstrap for the rest; of
/// clusters where rows are clustered. The margin is a fraction or in the metric's unit (of perplexity: of its
/// logarithm), or a share of the baseline's value; negative: so much of an improvement is asked for.
/// At least one row; of metrics of scores every row has one, see scored_rows.h.
Difference difference_of(const Measure& measure, const RowSample& rows, const Change& margin,
                         const QualityRule& rule);

inline Difference difference_of(const Measure& measure, const RowSample& rows, double margin,
                                const QualityRule& rule) {
  return difference_of(measure, rows, Change{margin, false}, rule);
}

/// A margin against the baseline's goodness: the factor f by which candidate − f·baseline is compared with 0,
/// and how far that is from 1 in the unit of the metric.
struct ScaledMargin {
  double factor = 1, tolerated = 0;
};
ScaledMargin scaled_margin(const Change& margin, double baseline);

}  // namespace modelgate
