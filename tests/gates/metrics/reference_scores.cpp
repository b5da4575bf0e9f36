// Scores and curves of the reference table.

#include "gates/metrics/score_curves.h"
#include "gates/metrics/score_metrics.h"
#include "reference_table.h"

namespace modelgate {
namespace {

Fields of_scores(const ReferenceCase& c) {
  const double level = c.number("level");
  const ScoreOrder order(c.numbers("scores"), c.wholes<std::uint8_t>("labels"));
  DrawnScores drawn(order);
  drawn.draw(c.wholes<std::uint32_t>("times"));
  return {{"roc_auc", {drawn.value({ScoreMetric::roc_auc})}},
          {"average_precision", {drawn.value({ScoreMetric::average_precision})}},
          {"recall_at_precision", {drawn.value({ScoreMetric::recall_at_precision, level})}},
          {"fpr_at_tpr", {drawn.value({ScoreMetric::fpr_at_tpr, level})}}};
}

Fields of_curves(const ReferenceCase& c) {
  const ScoreOrder order(c.numbers("scores"), c.wholes<std::uint8_t>("labels"));
  Fields result;
  for (const RocPoint& point : roc_curve(order)) {
    result["fpr"].push_back(point.false_positive_rate);
    result["tpr"].push_back(point.true_positive_rate);
  }
  for (const PrecisionRecallPoint& point : precision_recall_curve(order)) {
    result["precision"].push_back(point.precision);
    result["recall"].push_back(point.recall);
  }
  return result;
}

}  // namespace

const Computations& reference_scores() {
  static const Computations computations{{"scores", of_scores}, {"curves", of_curves}};
  return computations;
}

}  // namespace modelgate
