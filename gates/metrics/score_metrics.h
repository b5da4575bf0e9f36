#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "gates/metrics/score_order.h"

namespace modelgate {

enum class ScoreMetric {
  /// The share of pairs of a positive and a negative in which the positive scores more; equal scores count
  /// half. NaN without one of the classes.
  roc_auc,
  /// Σ (R_n − R_(n−1)) P_n over the distinct scores from the highest down, as scikit-learn's
  /// average_precision_score: no interpolation. NaN without positives.
  average_precision,
  /// The highest recall at a score from which on the precision is at least the level; 0 where it never is.
  /// NaN without positives.
  recall_at_precision,
  /// The lowest share of negatives that score at least as much as a score at which the recall is at least
  /// the level. NaN without one of the classes.
  fpr_at_tpr
};

/// A metric of an order; `level`, in (0, 1], is the precision or recall that the last two ask for.
struct ScoreMeasure {
  ScoreMetric metric = ScoreMetric::roc_auc;
  double level = 0.9;
};

/// Of all rows, each counted once. std::invalid_argument for a level out of range.
double score_metric(const ScoreOrder& order, const ScoreMeasure& measure);

/// The rows of an order, each counted as often as its unit was drawn. Keeps its memory from one draw to the
/// next; for one thread. The order must outlive it.
class DrawnScores {
 public:
  explicit DrawnScores(const ScoreOrder& order);

  /// `times[u]` for each unit u. Errors (std::invalid_argument): fewer than order.units(), 2^32 rows drawn or
  /// more.
  void draw(std::span<const std::uint32_t> times);
  /// Of what was drawn last; equal to the metric of rows that are repeated so often.
  double value(const ScoreMeasure& measure) const;

 private:
  const ScoreOrder& order_;
  // How often the first k were drawn together.
  std::vector<std::uint32_t> positives_, negatives_;
};

/// The metric with one row left out, for each; by falling score, as the order's units are. NaN where it is
/// not defined without it. O(rows).
struct WithoutEach {
  std::vector<double> positives, negatives;
};
WithoutEach without_each(const ScoreOrder& order, const ScoreMeasure& measure);

}  // namespace modelgate
