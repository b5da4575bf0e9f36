#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "gates/quality/checks/catalogue.h"

namespace modelgate {

/// Over what a metric is taken.
enum class Average {
  whole,      ///< All rows alike: accuracy, and the micro averages, which equal it.
  one_class,  ///< One class against the rest.
  macro,      ///< The mean over the classes that occur as labels.
  weighted    ///< The same, each class with the weight of its labels.
};

/// How far a value may or must change.
struct Change {
  double size = 0;        ///< A fraction, or in the metric's own unit.
  bool relative = false;  ///< `size` is a share of the baseline's value.

  bool operator==(const Change&) const = default;
};

/// What some metrics leave open.
struct MetricSettings {
  double at = 0;                        ///< The precision, or the recall, that is asked for.
  std::int64_t bins = 15;               ///< Of the calibration error.
  std::string normalise;                ///< Of texts, as normalisation_from() reads it; "": as usual.
  std::string tokens;                   ///< Of BLEU and ROUGE; "": as usual.
  std::int64_t words = 0;               ///< The word order of chrF.
  bool lower_case = false;              ///< Case makes no difference to BLEU and chrF.
  bool exponential_gain = false;        ///< Of NDCG: 2^relevance − 1.
  std::optional<bool> lower_is_better;  ///< Of any number.
  std::optional<double> most_flips;     ///< The share of prompts on which a judge may contradict itself.

  bool operator==(const MetricSettings&) const = default;
};

/// A check as people write it: 'recall(refund) margin=2pp min=0.8 by=lang'.
struct CheckText {
  std::string name;  ///< The metric as written, with its settings: what the verdict calls the check.
  Metric metric = Metric::accuracy;
  Average average = Average::whole;
  std::string class_name;   ///< Of one_class; empty: the positive class.
  std::string field;        ///< Of mean(FIELD).
  std::int64_t places = 0;  ///< The k of ndcg@k; 0: all.
  MetricSettings settings;
  std::optional<Change> margin;   ///< The worsening that is tolerated.
  std::optional<Change> gain;     ///< The improvement that must be proven.
  std::optional<double> minimum;  ///< The candidate's own value must be proven to be at least this.
  std::optional<double> maximum;  ///< Likewise to be at most this, where less is better.
  std::string by;                 ///< A slice field; empty: all rows.

  bool lower_is_better() const;
  Scale scale() const { return entry_of(metric).scale; }
  Family family() const { return entry_of(metric).family; }
};

/// Reads METRIC[(CLASS|macro|micro|weighted|FIELD)|@K], the metric's settings, and margin=, gain=, min= or
/// max= (at least one of them) and by=FIELD, in any order. f1:macro is f1(macro). Fractions have margins in
/// percentage points (1pp), other numbers in their own unit (0.02) or in percent of the baseline (5%). A
/// class in quotes may hold anything: recall("macro"), recall("a)b"). Errors: kind usage, naming the column
/// and what was probably meant.
CheckText parse_check(const std::string& text);

}  // namespace modelgate
