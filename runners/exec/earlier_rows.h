#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "runners/exec/rows_in_looks.h"
#include "runners/recording/earlier_documents.h"
#include "runners/recording/row_writer.h"

namespace modelgate {

/// The rows that an earlier call measured, and to which this one adds.
class EarlierRows {
 public:
  /// Reads the documents and checks the files of records. Errors: kind usage if one is missing, is of another
  /// subject or runner, declares other looks, has a problem, or is not what was written; if one has more rows
  /// than the other or another seed; or if there is nothing to add.
  EarlierRows(const std::filesystem::path& output, const std::vector<MeasuredSubject>& subjects,
              const RowLooks& looks);

  std::int64_t rows() const { return rows_; }  ///< Of each subject.
  std::int64_t seed() const { return seed_; }  ///< Of the order in which they were taken.

  /// The rows must be the first of those that are asked. Errors: kind usage.
  void require_beginning_of(const AskedRows& asked, Role role) const;

  /// Writes the documents with a problem that says that adding was not finished.
  void mark_unfinished() const { documents_.mark_unfinished("rows"); }

  /// Writes the records of the subject. Errors: kind infrastructure if they have changed meanwhile.
  void copy_records(Role role, RowWriter& records) const;

  /// The document of the subject with the rows of `more` added, and its problems and notes.
  Measurements joined(const Measurements& more) const;

 private:
  const Measurements& document_of(Role role) const;
  std::filesystem::path records_of(Role role) const;

  std::filesystem::path output_;
  EarlierDocuments documents_;
  std::int64_t rows_ = 0, seed_ = 0;
};

}  // namespace modelgate
