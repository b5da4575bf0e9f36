#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "gates/quality/rules/measure.h"

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
  /// All of the file's scores, if they are those of one column. Empty if they are not.
  std::span<const double> column() const;

 private:
  const NumberColumn* of_class_ = nullptr;
  const NumberColumn* score_ = nullptr;
};

/// The scores of the rows, for metrics of one class. Of a first release those of the baseline are the
/// candidate's. The files must outlive it.
struct ScoredRows {
  std::span<const double> baseline, candidate;
  std::vector<std::uint8_t> positive;  ///< 1 for each row of the class.
  std::vector<std::int64_t> cluster;   ///< Empty if rows are not clustered.
  std::int64_t positives = 0, negatives = 0;

  ScoredRows() = default;
  ScoredRows(ScoredRows&&) = default;
  ScoredRows(const ScoredRows&) = delete;

  /// Pairs of a positive and a negative that share no example.
  std::int64_t independent_pairs() const { return std::min(positives, negatives); }

  std::vector<double> kept_baseline,
      kept_candidate;  ///< Where the file's columns do not stand as the rows do.
};

/// Every row has a score.
ScoredRows scored(const Measure& measure, const RowSample& rows);

/// Of pairs that share no example (each positive with one negative, in the order of the rows) those that the
/// candidate orders worse, and those that it orders better.
struct PairChanges {
  std::int64_t worse = 0, better = 0;
};

PairChanges pair_changes(const ScoredRows& rows);

}  // namespace modelgate
