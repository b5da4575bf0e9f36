// Metrics that depend on the order of the scores of one class.
//
// The paired BCa bootstrap of rows or clusters compares them (score_bootstrap.h). It costs rows times
// resamples: of more than 50,000 rows the average precision, which is smooth in the rows' weights, is
// compared by the jackknife's standard error instead. The other two jump from row to row, which the jackknife
// cannot bear; they get fewer resamples, but never fewer than 1,000.
//
// Where every resample gives the same difference (both models order all rows alike, or the metric stays at 0
// or 1) the worst case is that no more rows than Clopper and Pearson's bound for none among so many change,
// each by as much as the row whose loss moves the metric most, and by no less than one row of the rarer
// class.

#include "gates/quality/rules/order_difference.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "gates/metrics/score_bootstrap.h"
#include "gates/quality/rules/few_differences.h"
#include "gates/quality/rules/linear_estimate.h"
#include "gates/quality/rules/resampling.h"
#include "gates/quality/rules/scored_rows.h"
#include "gates/quality/rules/term_difference.h"
#include "gates/statistics/large_pages.h"

namespace modelgate {
namespace {

ScoreMeasure score_measure(const Measure& measure) {
  switch (measure.metric) {
    case Metric::average_precision:
      return {ScoreMetric::average_precision, 0.9};
    case Metric::recall_at_precision:
      return {ScoreMetric::recall_at_precision, measure.at};
    default:
      return {ScoreMetric::fpr_at_tpr, measure.at};
  }
}

/// Rows times resamples that are worth their time.
constexpr double most_draws = 1e9;
constexpr std::int64_t least_resamples = 1'000;

class Order {
 public:
  Order(const Measure& measure, const RowSample& rows, const QualityRule& rule)
      : metric_(score_measure(measure)),
        rows_(scored(measure, rows)),
        sign_(measure.lower_is_better ? -1 : 1),
        rule_(rule) {
    const double affordable = most_draws / static_cast<double>(rows.size());
    if (affordable < static_cast<double>(rule_.bootstrap.resamples))
      rule_.bootstrap.resamples = std::max(std::min(least_resamples, rule_.bootstrap.resamples),
                                           static_cast<std::int64_t>(affordable));
  }

  Difference difference(const Change& margin) const {
    Difference result;
    result.units = units();
    result.n["negatives"] = rows_.negatives;
    if (by_jackknife() && by_leaving_out(result, margin)) return result;
    const ScoreOrder before = order_of(rows_.baseline), now = order_of(rows_.candidate);
    result.baseline = sign_ * score_metric(before, metric_);
    result.candidate = sign_ * score_metric(now, metric_);
    if (!std::isfinite(result.estimate())) {
      result.doubt_because("undefined", "it is not defined on these rows");
      return result;
    }
    if (!by_jackknife()) {
      const Bootstrap drawn = paired_score_bootstrap(
          {rows_.candidate, rows_.baseline, rows_.positive, rows_.cluster}, metric_, rule_.bootstrap);
      result.method = "paired " + name_of_bootstrap(!rows_.cluster.empty(), rule_.bootstrap);
      if (!drawn.degenerate()) {
        rest_on_bootstrap(result, drawn, margin.size);
        return result;
      }
      if (drawn.undefined > 0) {
        result.doubt_because("degenerate", "it is not defined in too many resamples");
        return result;
      }
    }
    rest_on_worst_case(result, {}, fall_of_one(before, now), margin.size, rule_);
    return result;
  }

  Level level(double minimum) const {
    Level result;
    const ScoreOrder now = order_of(rows_.candidate);
    result.value = sign_ * score_metric(now, metric_);
    result.units = units();
    result.n["negatives"] = rows_.negatives;
    if (!std::isfinite(result.value)) {
      result.doubt_because("undefined", "it is not defined on these rows");
      return result;
    }
    if (by_jackknife()) {
      const StudentEstimate estimate =
          estimate_by_influences(result.value, influences(now), rule_.bootstrap.threads);
      result.method = "jackknife of rows";
      if (estimate.degenerate())
        result.doubt_because("degenerate", "leaving out rows gives no spread to judge by");
      else
        result.rest_on(estimate, minimum, rule_);
      return result;
    }
    const Bootstrap drawn =
        score_bootstrap(rows_.candidate, rows_.positive, metric_, rule_.bootstrap, rows_.cluster);
    result.method = name_of_bootstrap(!rows_.cluster.empty(), rule_.bootstrap);
    if (drawn.degenerate()) {
      result.doubt_because("degenerate", "resampling gives no spread to judge by");
    } else if (sign_ < 0) {
      const Interval bounds = drawn.bounds(rule_.alpha_pass);
      result.bounds = {-bounds.upper, -bounds.lower};
      result.p_missed = drawn.p_greater(-minimum);
      result.p_held = drawn.p_less(-minimum);
    } else {
      result.rest_on(drawn, minimum, rule_);
    }
    return result;
  }

 private:
  bool by_jackknife() const {
    return metric_.metric == ScoreMetric::average_precision && rows_.cluster.empty() &&
           rows_.positive.size() > most_resampled_units;
  }

  std::int64_t units() const {
    if (rows_.cluster.empty()) return static_cast<std::int64_t>(rows_.positive.size());
    std::vector<std::int64_t> clusters = rows_.cluster;
    std::sort(clusters.begin(), clusters.end());
    return std::unique(clusters.begin(), clusters.end()) - clusters.begin();
  }

  /// The bootstrap is of candidate − baseline in the metric's own direction.
  void rest_on_bootstrap(Difference& result, const Bootstrap& drawn, double margin) const {
    if (sign_ > 0) {
      result.rest_on(drawn, margin, rule_);
      return;
    }
    const Interval bounds = drawn.bounds(rule_.alpha_pass);
    result.bounds = {-bounds.upper, -bounds.lower};
    result.proven = result.bounds.lower;
    result.p_regression = drawn.p_greater(margin);
    result.p_non_inferiority = drawn.p_less(margin);
  }

  ScoreOrder order_of(std::span<const double> scores) const {
    return {scores, rows_.positive, {}, rule_.bootstrap.threads};
  }

  /// Both models, one after the other: each takes some memory. False where no row moves one more than the
  /// other.
  bool by_leaving_out(Difference& result, const Change& margin) const {
    std::vector<double> changes = many_values<double>(rows_.positive.size());
    result.baseline = sign_ * add_influences(order_of(rows_.baseline), -1, changes);
    result.candidate = sign_ * add_influences(order_of(rows_.candidate), 1, changes);
    if (!std::isfinite(result.estimate()) ||
        std::all_of(changes.begin(), changes.end(), [](double change) { return change == 0; }))
      return false;
    result.rest_on(estimate_by_influences(result.estimate(), changes, rule_.bootstrap.threads), margin.size,
                   rule_);
    result.method = "jackknife of rows";
    return true;
  }

  /// Adds, times a factor, how far the metric moves with each row: by how much it would be less without it.
  /// Returns the metric.
  double add_influences(const ScoreOrder& order, double factor, std::vector<double>& influences) const {
    const WithoutEach without = without_each(order, metric_);
    const double whole = score_metric(order, metric_);
    const auto add = [&](std::span<const std::uint32_t> units, const std::vector<double>& values) {
      for (std::size_t i = 0; i < units.size(); ++i)
        influences[units[i]] += factor * sign_ * (whole - values[i]);
    };
    add(order.positive_units(), without.positives);
    add(order.negative_units(), without.negatives);
    return whole;
  }

  std::vector<double> influences(const ScoreOrder& order) const {
    std::vector<double> influences(rows_.positive.size());
    add_influences(order, 1, influences);
    return influences;
  }

  /// What one changed unit is taken to cost at most.
  double fall_of_one(const ScoreOrder& before, const ScoreOrder& now) const {
    std::vector<double> all = influences(before);
    const std::vector<double> more = influences(now);
    all.insert(all.end(), more.begin(), more.end());
    std::erase_if(all, [](double one) { return !std::isfinite(one); });
    // Where no row moves the metric, each can still be the one of its class that is lost.
    double range = 1 / static_cast<double>(std::max<std::int64_t>(1, rows_.independent_pairs()));
    if (!all.empty()) {
      const auto [least, most] = std::minmax_element(all.begin(), all.end());
      range = std::max(range, *most - *least);
    }
    return range * static_cast<double>(rows_of_largest_unit());
  }

  std::int64_t rows_of_largest_unit() const {
    std::map<std::int64_t, std::int64_t> sizes;
    std::int64_t largest = 1;
    for (const std::int64_t cluster : rows_.cluster) largest = std::max(largest, ++sizes[cluster]);
    return largest;
  }

  ScoreMeasure metric_;
  ScoredRows rows_;
  double sign_;
  QualityRule rule_;
};

}  // namespace

Difference order_difference(const Measure& measure, const RowSample& rows, const Change& margin,
                            const QualityRule& rule) {
  return Order(measure, rows, rule).difference(margin);
}

Level order_level(const Measure& measure, const RowSample& rows, double minimum, const QualityRule& rule) {
  return Order(measure, rows, rule).level(minimum);
}

}  // namespace modelgate
