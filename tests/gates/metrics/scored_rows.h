#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "gates/metrics/score_metrics.h"
#include "gates/statistics/random.h"

namespace modelgate {

/// Random rows that two models scored.
struct ScoredRows {
  std::vector<double> first, second;
  std::vector<std::uint8_t> positive;

  /// The same rows, row i from row order[i].
  ScoredRows in_order(const std::vector<std::size_t>& order) const {
    ScoredRows result;
    for (const std::size_t i : order) {
      result.first.push_back(first[i]);
      result.second.push_back(second[i]);
      result.positive.push_back(positive[i]);
    }
    return result;
  }
};

/// `digits` after the point: few make ties.
inline ScoredRows scored_rows(std::size_t rows, double positives, int digits, std::uint64_t seed) {
  RandomStream random(seed, rows);
  const double grain = std::pow(10, digits);
  ScoredRows result;
  for (std::size_t i = 0; i < rows; ++i) {
    const bool positive = i < 2 ? i == 1 : random.unit() < positives;
    const double both = random.unit() + 0.4 * positive;
    result.positive.push_back(positive);
    result.first.push_back(std::round((both + random.unit()) * grain) / grain);
    result.second.push_back(std::round((both + 0.2 * positive + random.unit()) * grain) / grain);
  }
  return result;
}

inline std::vector<std::size_t> shuffled_order(std::size_t rows, std::uint64_t seed) {
  RandomStream random(seed, 77);
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < rows; ++i) order.push_back(i);
  for (std::size_t i = rows; i > 1; --i)
    std::swap(order[i - 1], order[random.below(static_cast<std::uint32_t>(i))]);
  return order;
}

inline const std::vector<ScoreMeasure> all_score_measures{{ScoreMetric::roc_auc},
                                                          {ScoreMetric::average_precision},
                                                          {ScoreMetric::recall_at_precision, 0.6},
                                                          {ScoreMetric::recall_at_precision, 0.9},
                                                          {ScoreMetric::fpr_at_tpr, 0.8},
                                                          {ScoreMetric::fpr_at_tpr, 1}};

}  // namespace modelgate
