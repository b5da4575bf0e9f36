#pragma once

#include <cstdint>
#include <vector>

#include "gates/quality/measure.h"
#include "gates/statistics/bootstrap.h"

namespace modelgate {

/// The scores that a file's rows give the measure's class: those of `scores`, or `score` where that is its.
class ScoreReader {
 public:
  ScoreReader(const Measure& measure, const AnswerFile& file);
  /// NaN where a row has none.
  double operator()(std::size_t row) const {
    if (of_class_ != nullptr && of_class_->has(row)) return of_class_->values[row];
    return score_ != nullptr && score_->has(row) ? score_->values[row] : NumberColumn::none;
  }

 private:
  const NumberColumn* of_class_ = nullptr;
  const NumberColumn* score_ = nullptr;
};

/// The scores of the rows, for ROC AUC. Of a first release those of the baseline are the candidate's.
struct ScoredRows {
  std::vector<double> baseline, candidate;
  std::vector<bool> positive;
  std::vector<std::int32_t> cluster;  ///< Empty if rows are not clustered.
  std::int64_t positives = 0, negatives = 0;

  /// Pairs of a positive and a negative that share no example.
  std::int64_t independent_pairs() const { return std::min(positives, negatives); }
};

/// Every row has a score.
ScoredRows scored(const Measure& measure, const RowSample& rows);

/// Of pairs that share no example (each positive with one negative, in the order of the rows) those that the
/// candidate orders worse, and those that it orders better.
struct PairChanges {
  std::int64_t worse = 0, better = 0;
};

PairChanges pair_changes(const ScoredRows& rows);

/// The bootstrap of clusters, of the candidate's AUC or of candidate − baseline.
Bootstrap resampled_area(const ScoredRows& rows, bool difference, const BootstrapSettings& settings);

}  // namespace modelgate
