#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gates/quality/checks/check_text.h"
#include "gates/quality/rows/answers.h"
#include "gates/quality/rows/doubtful_rows.h"
#include "gates/quality/slices/slice_demands.h"
#include "schemas/documents/verdict.h"
#include "schemas/tool/options.h"

namespace modelgate {

/// What the quality gate demands.
struct QualityDemands {
  std::vector<CheckText> checks;
  std::vector<std::string> all_classes;  ///< Of the files, where a check asks for the scores of all.
  std::string positive;  ///< The class that `score` is of, and that recall, … without a class mean.
  std::int64_t minimum_rows = 30;  ///< Fewer (of a class: fewer rows of it) decide nothing.
  SmallSlices small_slices;        ///< The same within a slice.
  std::vector<SliceName> expected_slices;
  double maximum_errors = 0;  ///< The share of rows without an answer that is let through.
  std::uint64_t seed = 20'140'919;
  int threads = 0;  ///< Makes no difference to the result.
  FieldNames fields;
  std::vector<std::string> redacted;          ///< Fields whose values nothing may show.
  std::optional<std::int64_t> examples_most;  ///< Rows of each kind that are asked for as examples.
  bool curves = false;                        ///< Curves of scores are asked for.
};

/// The demands as typed.
struct QualityOptions {
  std::vector<std::string> checks, slices, expected_slices, fields, redacted;
  std::string positive, small_slices = "inconclusive", maximum_errors = "0%", examples, curves;
  std::int64_t minimum_rows = 30, minimum_slice = 30, seed = 20'140'919, examples_most = 50;

  void declare(OptionSet& options);
  /// Errors: kind usage for what is not understood, and for a check that is given twice.
  QualityDemands demands() const;
};

/// A check asks for the scores of all classes: demands.all_classes must be filled before the rows are read.
bool needs_all_classes(const QualityDemands& demands);

/// Whether a check is of labels and predicted classes.
bool need_predictions(const QualityDemands& demands);

/// What the demands need of every row.
RowRequest request_of(const QualityDemands& demands);

/// What is written beside the verdict, where it is asked for.
struct JudgedFiles {
  std::string examples;  ///< Lines of JSON.
  std::string curves;    ///< CSV.
};

/// Adds to the verdict the checks of the candidate against the baseline, or for a first release (null) those
/// of absolute limits, the comparisons being not_compared; and warnings. Errors: kind usage where a check
/// leaves open which class it means. Where rows are doubtful, every check of them says as well what it would
/// be without.
JudgedFiles judge_quality(const AnswerFile* baseline, const AnswerFile& candidate,
                          const QualityDemands& demands, Verdict& verdict,
                          const DoubtfulRows* doubtful = nullptr);

}  // namespace modelgate
