#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "gates/quality/checks/check_text.h"
#include "gates/quality/rows/row_sample.h"

namespace modelgate {

struct RowTerms;

/// A metric of certain rows.
struct Measure {
  Metric metric = Metric::accuracy;
  Average average = Average::whole;
  std::int32_t target = -1;   ///< The class, of one_class.
  std::string class_name;     ///< Its name.
  bool score_is_its = false;  ///< The field `score` is that of the class.
  bool lower_is_better = false;
  double at = 0;                                    ///< What recall_at_precision and fpr_at_tpr ask for.
  std::shared_ptr<const RowTerms> terms = nullptr;  ///< Of all joined rows, of the family of terms.

  Family family() const { return entry_of(metric).family; }

  /// The share of rows (of one_class: of the rows labelled so) that are answered right: both models have the
  /// same denominator, and exact rules for proportions apply.
  bool is_share_of_rows() const;
  /// Rows of the label are among those that the measure is a share of.
  bool is_over(std::int32_t label) const;
};

/// How many "rows" there are, of them "positives" of one class, and "clusters" of rows that it is over.
std::map<std::string, std::int64_t> sizes_of(const Measure& measure, const RowSample& rows);

/// What one model answered, by class.
struct ClassCounts {
  std::vector<std::int64_t> labelled, predicted, right;

  explicit ClassCounts(std::size_t classes) : labelled(classes), predicted(classes), right(classes) {}
  void add(std::int32_t label, std::int32_t prediction, std::int64_t count);
};

/// The value, of the family of classes; with one_class that of class 1, as tally_of() numbers them. NaN where
/// it is not defined (precision of a class that is never predicted). Macro is the mean over the classes that
/// occur as labels; a class that is never predicted counts there with a precision of 0, as it does in
/// scikit-learn.
double value_of(const Measure& measure, const ClassCounts& counts);

/// By how much the value can fall at most when `rows` of the counted rows (any positive number) are answered
/// worse: all of them where it hurts most. Never below the truth, for macro averages at times above it.
double largest_drop(const Measure& measure, const ClassCounts& counts, double rows);

/// A label and another class.
struct Confusion {
  std::int32_t label = 0, other = 0;
};

/// The row that, added as right before and wrong now, lowers the value now against the value before most: its
/// label and the class that is answered instead.
Confusion most_harmful(const Measure& measure, const ClassCounts& before, const ClassCounts& now);

}  // namespace modelgate
