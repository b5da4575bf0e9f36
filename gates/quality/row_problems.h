#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gates/quality/answers.h"

namespace modelgate {

// What can be wrong with the rows of one file, or of two. Each problem is counted, with its first examples.

/// One side of the comparison.
struct Side {
  const AnswerFile* file = nullptr;
  std::string role;
  std::vector<const Record*> rows;  ///< In the order of before().
  std::int64_t errors = 0;
};

/// By id, then sample.
bool before(const Record* a, const Record* b);
bool same_row(const Record* a, const Record* b);

/// Repeated rows, which are then left out; more rows with errors than the share allows, which are counted;
/// fields that rows without an error lack.
void find_problems(Side& side, const NeededFields& needed, double maximum_errors,
                   std::vector<DataProblem>& problems);

/// Rows of `from` that `in` lacks.
void find_absent(const Side& from, const Side& in, std::vector<DataProblem>& problems);

/// Baseline and candidate of each row.
using Joined = std::vector<std::pair<const Record*, const Record*>>;

/// Labels, clusters and slices that differ between the two.
void find_disagreements(const Joined& joined, const Side& baseline, const Side& candidate,
                        const NeededFields& needed, std::vector<DataProblem>& problems);

/// Looks that differ or do not rise, and more rows than were declared. Returns whether there are none.
bool find_unusable_looks(const Side* baseline, const Side& candidate, std::vector<DataProblem>& problems);

/// Rows that one model answered before a look and the other after it.
void find_rows_across_looks(const Joined& joined, const Side& baseline, const Side& candidate,
                            std::vector<DataProblem>& problems);

/// Labels "1" and predictions "1.0" would score every row as wrong, in both files alike.
void find_foreign_predictions(const Answers& answers, const Side& side, std::int32_t Row::*prediction,
                              std::vector<DataProblem>& problems);

}  // namespace modelgate
