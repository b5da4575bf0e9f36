#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gates/quality/rows/answers.h"
#include "gates/quality/rows/row_order.h"

namespace modelgate {

// What can be wrong with the rows of one file, or of two. Each problem is counted, with its first examples in
// the order of the keys.

/// One side of the comparison.
struct Side {
  Side(const AnswerFile& file, std::string role);

  const AnswerFile* file;
  std::string role;
  std::vector<std::uint32_t> rows;  ///< Those that are not repeated, by key; empty: all, in the file's order.
  std::vector<bool> failed;         ///< By row; empty if none is.
  std::int64_t errors = 0;

  std::size_t size() const { return rows_in_file_order ? file->table.size() : rows.size(); }
  std::uint32_t row(std::size_t i) const {
    return rows_in_file_order ? static_cast<std::uint32_t>(i) : rows[i];
  }
  std::uint64_t key(std::size_t i) const { return file->table.keys[row(i)]; }
  bool has_failed(std::uint32_t row) const { return !failed.empty() && failed[row]; }

  bool rows_in_file_order = true;
};

/// Repeated rows, which are left out; more rows with errors than the share allows; fields that rows without
/// an error lack.
void find_problems(Side& side, const NeededFields& needed, double maximum_errors,
                   std::vector<DataProblem>& problems);

/// Rows of `from` that `in` lacks.
void find_absent(const Side& from, const Side& in, std::vector<DataProblem>& problems);

/// The same row in both files.
struct JoinedRow {
  std::uint32_t baseline = 0, candidate = 0;
};
/// Row i of the join.
using JoinedRows = std::function<JoinedRow(std::size_t)>;

/// Test sets that differ as a whole, by the digests that their runners recorded. Ids alone do not tell that.
void find_other_test_set(const AnswerFile& baseline, const AnswerFile& candidate,
                         std::vector<DataProblem>& problems);

/// Labels, clusters, slices and what was asked, where they differ between the two, of `count` joined rows.
void find_disagreements(std::size_t count, const JoinedRows& joined, const Side& baseline,
                        const Side& candidate, const NeededFields& needed,
                        std::vector<DataProblem>& problems);

/// Looks that differ or do not rise, and more rows than were declared. Returns whether there are none.
bool find_unusable_looks(const AnswerFile* baseline, const AnswerFile& candidate,
                         std::vector<DataProblem>& problems);

/// Rows that one model answered before a look and the other after it.
void find_rows_across_looks(std::size_t count, const JoinedRows& joined, const Side& baseline,
                            const Side& candidate, std::vector<DataProblem>& problems);

/// Labels "1" and predictions "1.0" would score every row as wrong, in both files alike.
void find_foreign_predictions(const Answers& answers, const std::string& role, std::int32_t Row::*prediction,
                              std::vector<DataProblem>& problems);

}  // namespace modelgate
