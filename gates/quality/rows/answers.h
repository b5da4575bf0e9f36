#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gates/quality/rows/answer_file.h"
#include "gates/quality/rows/looks_reached.h"
#include "gates/quality/slices/slice_columns.h"
#include "gates/statistics/kept_draws.h"
#include "gates/statistics/parallel.h"

namespace modelgate {

/// An example as both models answered it. Classes are indices into Answers::classes; −1 where there is none.
struct Row {
  std::int32_t label = -1, baseline = -1, candidate = -1;
  std::int32_t cluster = 0;  ///< Rows of one cluster are not independent of each other.

  bool operator==(const Row&) const = default;
};

/// What the checks ask of every row.
struct NeededFields {
  bool label = false, prediction = false;                     ///< As classes.
  const SliceColumns* slices = nullptr;                       ///< Null: none.
  std::vector<std::string> numbers, texts;                    ///< Every row of both models must have them.
  std::vector<std::string> candidate_numbers;                 ///< Every row of the candidate.
  std::vector<std::string> optional_numbers, optional_texts;  ///< Are read where rows have them.
  std::vector<std::string>
      shared;  ///< Numbers and texts that belong to the example: both models have the same.

  /// Takes what another check asks for, too; slices stay as they are.
  void add(const NeededFields& more);
};

/// Something in the data that forbids judging; the gate makes it an error check.
struct DataProblem {
  std::string name;      ///< Of the check: "ids of the candidate".
  std::string reason;    ///< "ids_missing", …
  std::string sentence;  ///< With the count and the first examples.
  std::string needs;
};

/// The rows of baseline and candidate, joined by id (and sample), in the order of their keys: the order in
/// the files makes no difference, not even to the last bit. Column by column; rows that carry an error, or
/// lie beyond the last look reached, are not among them.
class Answers {
 public:
  std::vector<std::string> classes;  ///< All labels and predictions, sorted.
  std::vector<bool> is_label;        ///< By class: it occurs as a label.
  bool compared = false;             ///< There is a baseline.
  bool clustered = false;            ///< Rows carry clusters, or several samples of one id.
  std::int64_t baseline_errors = 0, candidate_errors = 0;  ///< Rows that carry an error.
  LooksReached looks;
  std::shared_ptr<KeptDraws> draws = std::make_shared<KeptDraws>();  ///< Of resamples, for all checks.
  const AnswerFile* baseline_file = nullptr;
  const AnswerFile* candidate_file = nullptr;

  std::size_t size() const { return label_.size(); }
  Row row(std::size_t i) const {
    return {number(label_, i), compared ? number(baseline_, i) : -1, number(candidate_, i),
            clustered ? clusters[i] : 0};
  }
  /// Where the row stands in the files, from 0.
  std::size_t in_baseline(std::size_t i) const { return baseline_rows.empty() ? i : baseline_rows[i]; }
  std::size_t in_candidate(std::size_t i) const { return candidate_rows.empty() ? i : candidate_rows[i]; }
  void add(const Row& row);
  /// Takes `count` rows at once, from columns whose codes (0: none) become classes, numbered from 1; a null
  /// column, or one without rows, has none.
  template <typename Place>
  void take_columns(const WordColumn& labels, const Place& label, const WordColumn* candidate,
                    const Place& of_candidate, const WordColumn* baseline, const Place& of_baseline,
                    std::size_t count) {
    const auto take = [&](Codes& codes, const WordColumn* column, const Place& place) {
      if (column != nullptr && column->numbers.size() > 0) codes.append(column->numbers, place);
      codes.fill_up(count, 0);
    };
    in_parallel(count < 200'000 ? 1 : 0, compared ? 3 : 2, [&](std::size_t first, std::size_t last) {
      for (std::size_t column = first; column < last; ++column)
        if (column == 0)
          take(label_, &labels, label);
        else if (column == 1)
          take(candidate_, candidate, of_candidate);
        else
          take(baseline_, baseline, of_baseline);
    });
  }

  Column<std::uint32_t> baseline_rows, candidate_rows;  ///< Empty where row i is the file's row i.
  Column<std::int32_t> clusters;                        ///< If clustered.

  /// The class of that name, or −1.
  std::int32_t class_called(const std::string& name) const;

 private:
  using Codes = SplitColumn<std::uint8_t, std::uint32_t>;  ///< Of classes, from 1 on.
  static std::int32_t number(const Codes& codes, std::size_t i) {
    return static_cast<std::int32_t>(codes[i]) - 1;
  }

  Codes label_, baseline_, candidate_;
};

/// Joins the files' rows. Whatever is wrong with them goes into `problems`, and then nothing may be judged:
/// repeated ids, ids that one file lacks, other test sets, labels, clusters or slices that disagree, missing
/// fields, more rows with errors than `maximum_errors` (a share) allows, predictions that never are a label,
/// looks that cannot be used. The files must outlive the result.
Answers join(const AnswerFile* baseline, const AnswerFile& candidate, const NeededFields& needed,
             double maximum_errors, std::vector<DataProblem>& problems);

}  // namespace modelgate
