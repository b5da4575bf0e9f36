#pragma once

#include <span>
#include <string>
#include <vector>

namespace modelgate {

enum class Metric {
  accuracy,
  recall,
  precision,
  f1,
  matthews,
  kappa,
  negative_flip_rate,  ///< The share of rows that the baseline answers right and the candidate wrong.
  roc_auc,
  average_precision,
  recall_at_precision,
  fpr_at_tpr,
  log_loss,
  brier,
  calibration_error,
  top,  ///< The label is among the k classes of the highest scores.
  absolute_error,
  squared_error,
  root_squared_error,
  percentage_error,
  r_squared,
  spearman,
  ndcg,
  reciprocal_rank,
  recall_of_ranking,
  exact_match,
  token_f1,
  bleu,
  chrf,
  rouge_1,
  rouge_2,
  rouge_l,
  word_errors,
  character_errors,
  perplexity,
  bits_per_byte,
  win_rate,
  mean  ///< Of any number that rows carry.
};

/// On what the comparison of a metric rests.
enum class Family {
  classes,  ///< How often each class was the label, was predicted, and was both.
  flips,    ///< The rows that were answered right.
  area,     ///< The ROC curve's area, for which DeLong's rule holds.
  order,    ///< The order of the scores of one class.
  terms,    ///< Numbers of rows, of whose sums it is a function.
  ranks     ///< The ranks of two numbers of rows.
};

/// How values are told.
enum class Scale {
  fraction,  ///< As percent, and changes in percentage points.
  number,    ///< As they are, and changes likewise.
  ratio      ///< As they are, and changes in percent of the baseline: perplexity.
};

/// What may stand in brackets behind a metric, or behind @.
enum class Argument { none, averaged_class, one_class, field, places };

/// A metric as people ask for it.
struct MetricEntry {
  const char* name;
  Metric metric;
  Family family;
  Scale scale;
  bool lower_is_better;
  Argument argument;
  bool argument_needed;
  const char* settings;  ///< The names of those that it takes, each followed by a blank.
  const char* told;      ///< What it is, in a few words.
};

/// All metrics, in the order in which they are listed.
std::span<const MetricEntry> catalogue();

/// The entry of a metric; of several names of one the first.
const MetricEntry& entry_of(Metric metric);

/// The entry of that name, or null.
const MetricEntry* entry_called(const std::string& name);

/// What other tools call a metric, as it is called here; "" if nothing is known by that name.
std::string name_elsewhere(const std::string& name);

std::vector<std::string> metric_names();

}  // namespace modelgate
