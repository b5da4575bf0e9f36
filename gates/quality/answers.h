#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gates/quality/looks_reached.h"
#include "schemas/formats/records.h"

namespace modelgate {

/// The rows of one file, under the name that messages use.
struct AnswerFile {
  std::string name;
  std::vector<Record> rows;
  /// Numbers of rows at which they may be judged; the rows then stand in the order in which they were taken.
  std::vector<std::int64_t> looks = {};
};

/// An example as both models answered it. Classes are indices into Answers::classes; −1 where there is none.
struct Row {
  std::int32_t label = -1, baseline = -1, candidate = -1;
  std::int32_t cluster = 0;             ///< Rows of one cluster are not independent of each other.
  const Record* of_baseline = nullptr;  ///< Null in a first release.
  const Record* of_candidate = nullptr;
  std::int64_t place = 0;  ///< In the order in which the rows were taken, from 0.
};

/// What the checks ask of every row.
struct NeededFields {
  bool prediction = true;
  std::vector<std::string> slices;
};

/// Something in the data that forbids judging; the gate makes it an error check.
struct DataProblem {
  std::string name;      ///< Of the check: "ids of the candidate".
  std::string reason;    ///< "ids_missing", …
  std::string sentence;  ///< With the count and the first examples.
  std::string needs;
};

/// The rows of baseline and candidate, joined by id (and sample), in the order of their ids: the order in the
/// files makes no difference, not even to the last bit.
struct Answers {
  std::vector<std::string> classes;  ///< All labels and predictions, sorted.
  std::vector<bool> is_label;        ///< By class: it occurs as a label.
  std::vector<Row> rows;             ///< Those of the last look reached, without those that carry an error.
  bool compared = false;             ///< There is a baseline.
  bool clustered = false;            ///< Rows carry clusters, or several samples of one id.
  std::int64_t baseline_errors = 0, candidate_errors = 0;  ///< Rows that carry an error.
  LooksReached looks;

  /// The class of that name, or −1.
  std::int32_t class_called(const std::string& name) const;
};

/// Joins the files' rows. Whatever is wrong with them goes into `problems`, and then nothing may be judged:
/// repeated ids, ids that one file lacks, labels, clusters or slices that disagree, missing fields, more
/// rows with errors than `maximum_errors` (a share) allows, predictions that never are a label, looks that
/// cannot be used. The files must outlive the result.
Answers join(const AnswerFile* baseline, const AnswerFile& candidate, const NeededFields& needed,
             double maximum_errors, std::vector<DataProblem>& problems);

/// The value of a slice field; null if the row has none.
const std::string* slice_of(const Record& record, const std::string& field);

}  // namespace modelgate
