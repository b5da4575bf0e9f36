#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "gates/quality/measure.h"
#include "gates/statistics/bootstrap.h"

namespace modelgate {

/// The score that a record gives the measure's class: of `scores`, or `score` where that is its.
std::optional<double> score_of(const Measure& measure, const Record& record);

/// The scores of the rows, for ROC AUC. Of a first release those of the baseline are the candidate's.
struct ScoredRows {
  std::vector<double> baseline, candidate;
  std::vector<bool> positive;
  std::vector<std::int32_t> cluster;
  std::int64_t positives = 0, negatives = 0;

  /// Pairs of a positive and a negative that share no example.
  std::int64_t independent_pairs() const { return std::min(positives, negatives); }
};

/// Every row has a score.
ScoredRows scored(const Measure& measure, std::span<const Row> rows);

/// Of pairs that share no example (each positive with one negative, in the order of the rows) those that the
/// candidate orders worse, and those that it orders better.
struct PairChanges {
  std::int64_t worse = 0, better = 0;
};

PairChanges pair_changes(const ScoredRows& rows);

/// The examples that stand elsewhere among the other class: of positives or of negatives, whichever are
/// fewer.
std::int64_t ranked_otherwise(const ScoredRows& rows);

/// The bootstrap of clusters, of the candidate's AUC or of candidate − baseline.
Bootstrap resampled_area(const ScoredRows& rows, bool difference, const BootstrapSettings& settings);

}  // namespace modelgate
