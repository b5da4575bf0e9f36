#include "gates/quality/checks/metric_fields.h"

#include <algorithm>

#include "gates/quality/checks/evident_classes.h"

namespace modelgate {
namespace {

/// The scores of the classes that are asked for, and the one of a class that goes without a name.
void ask_for_scores(NeededFields& fields, const std::vector<std::string>& classes) {
  for (const std::string& name : classes)
    if (const std::string field = "scores." + name;
        std::find(fields.optional_numbers.begin(), fields.optional_numbers.end(), field) ==
        fields.optional_numbers.end())
      fields.optional_numbers.push_back(field);
  fields.optional_numbers.emplace_back("score");
}

}  // namespace

bool needs_all_classes(const CheckText& check) {
  switch (check.metric) {
    case Metric::log_loss:
    case Metric::brier:
    case Metric::calibration_error:
      return check.average != Average::one_class;
    case Metric::top:
      return true;
    default:
      return false;
  }
}

NeededFields fields_of(const CheckText& check, const std::string& positive,
                       const std::vector<std::string>& all_classes) {
  NeededFields fields;
  switch (check.metric) {
    case Metric::roc_auc:
    case Metric::average_precision:
    case Metric::recall_at_precision:
    case Metric::fpr_at_tpr:
      fields.label = true;
      ask_for_scores(fields, classes_with_scores(check, positive));
      break;
    case Metric::log_loss:
    case Metric::brier:
    case Metric::calibration_error:
    case Metric::top:
      fields.label = true;
      fields.prediction = check.metric == Metric::calibration_error && check.average != Average::one_class;
      ask_for_scores(fields, needs_all_classes(check) ? all_classes : classes_with_scores(check, positive));
      break;
    case Metric::absolute_error:
    case Metric::squared_error:
    case Metric::root_squared_error:
    case Metric::percentage_error:
    case Metric::r_squared:
    case Metric::spearman:
      fields.numbers = {"label", "prediction"};
      fields.shared = {"label"};
      break;
    case Metric::ndcg:
    case Metric::reciprocal_rank:
    case Metric::recall_of_ranking:
      fields.texts = {"ranked"};
      if (check.metric != Metric::reciprocal_rank) fields.optional_texts = fields.shared = {"judged"};
      break;
    case Metric::exact_match:
    case Metric::token_f1:
    case Metric::bleu:
    case Metric::chrf:
    case Metric::rouge_1:
    case Metric::rouge_2:
    case Metric::rouge_l:
    case Metric::word_errors:
    case Metric::character_errors:
      fields.texts = {"output"};
      fields.optional_texts = fields.shared = {"reference", "references"};
      break;
    case Metric::perplexity:
      fields.numbers = {"nll", "tokens"};
      fields.shared = {"tokens"};
      break;
    case Metric::bits_per_byte:
      fields.numbers = {"nll", "bytes"};
      fields.shared = {"bytes"};
      break;
    case Metric::win_rate:
      fields.candidate_numbers = {won_first, won_second};
      break;
    case Metric::mean:
      fields.numbers = {check.field};
      break;
    default:
      fields.label = fields.prediction = true;
  }
  return fields;
}

}  // namespace modelgate
