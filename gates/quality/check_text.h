#pragma once

#include <optional>
#include <string>

namespace modelgate {

enum class Metric {
  accuracy,
  recall,
  precision,
  f1,
  roc_auc,
  negative_flip_rate  ///< The share of rows that the baseline answers right and the candidate wrong.
};

/// Over what a metric is taken.
enum class Average {
  whole,      ///< All rows alike: accuracy, and the micro averages, which equal it.
  one_class,  ///< One class against the rest.
  macro       ///< The mean over the classes that occur as labels.
};

/// A check as people write it: 'recall(refund) margin=2pp min=0.8 by=lang'.
struct CheckText {
  std::string name;  ///< The first term as written, "recall(refund)": what the verdict calls the check.
  Metric metric = Metric::accuracy;
  Average average = Average::whole;
  std::string class_name;         ///< Of one_class; empty: the positive class.
  std::optional<double> margin;   ///< The drop that is tolerated, as a fraction: 0.01 for 1pp.
  std::optional<double> minimum;  ///< The candidate's own value must be proven to be at least this.
  std::optional<double> maximum;  ///< Likewise to be at most this; of the negative-flip rate alone.
  std::string by;                 ///< A slice field; empty: all rows.
};

/// Reads METRIC[(CLASS|macro|micro)] followed by margin=NUMBERpp, min=FRACTION, max=NUMBER% and by=FIELD in
/// any order, at least one of margin, min and max. A class in quotes may hold anything: recall("macro"),
/// recall("a)b"). Errors: kind usage, naming the column and what was probably meant.
CheckText parse_check(const std::string& text);

}  // namespace modelgate
