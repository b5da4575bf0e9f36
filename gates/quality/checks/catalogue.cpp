#include "gates/quality/checks/catalogue.h"

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>

namespace modelgate {
namespace {

constexpr bool higher = false, lower = true;

constexpr std::array entries = {
    // clang-format off
    MetricEntry{"accuracy", Metric::accuracy, Family::classes, Scale::fraction, higher, Argument::none, false, "", "the share of rows whose prediction is their label"},
    MetricEntry{"recall", Metric::recall, Family::classes, Scale::fraction, higher, Argument::averaged_class, false, "", "of the rows of a class, those that are predicted so"},
    MetricEntry{"balanced_accuracy", Metric::recall, Family::classes, Scale::fraction, higher, Argument::none, false, "", "the mean recall of the classes"},
    MetricEntry{"precision", Metric::precision, Family::classes, Scale::fraction, higher, Argument::averaged_class, false, "", "of the rows predicted to be of a class, those that are"},
    MetricEntry{"f1", Metric::f1, Family::classes, Scale::fraction, higher, Argument::averaged_class, false, "", "the harmonic mean of precision and recall"},
    MetricEntry{"matthews_correlation", Metric::matthews, Family::classes, Scale::number, higher, Argument::none, false, "", "Matthews' correlation of labels and predictions"},
    MetricEntry{"cohen_kappa", Metric::kappa, Family::classes, Scale::number, higher, Argument::none, false, "", "the agreement of labels and predictions beyond chance"},
    MetricEntry{"negative_flip_rate", Metric::negative_flip_rate, Family::flips, Scale::fraction, lower, Argument::none, false, "", "the share of rows that the baseline has right and the candidate wrong"},
    MetricEntry{"roc_auc", Metric::roc_auc, Family::area, Scale::fraction, higher, Argument::one_class, false, "", "the area under the ROC curve"},
    MetricEntry{"average_precision", Metric::average_precision, Family::order, Scale::fraction, higher, Argument::one_class, false, "", "the area under the precision-recall curve, without interpolation"},
    MetricEntry{"recall_at_precision", Metric::recall_at_precision, Family::order, Scale::fraction, higher, Argument::one_class, false, "at ", "the highest recall at a precision of at least 'at'"},
    MetricEntry{"fpr_at_tpr", Metric::fpr_at_tpr, Family::order, Scale::fraction, lower, Argument::one_class, false, "at ", "the lowest false positive rate at a recall of at least 'at'"},
    MetricEntry{"log_loss", Metric::log_loss, Family::terms, Scale::number, lower, Argument::one_class, false, "", "the mean of −ln of the label's probability"},
    MetricEntry{"brier", Metric::brier, Family::terms, Scale::number, lower, Argument::one_class, false, "", "the mean squared error of the probabilities"},
    MetricEntry{"calibration_error", Metric::calibration_error, Family::terms, Scale::fraction, lower, Argument::one_class, false, "bins ", "how far confidences are from the share of right answers (ECE)"},
    MetricEntry{"top", Metric::top, Family::terms, Scale::fraction, higher, Argument::places, true, "", "the label is among the k best-scored classes: top@5"},
    MetricEntry{"mae", Metric::absolute_error, Family::terms, Scale::number, lower, Argument::none, false, "", "the mean absolute error of numbers"},
    MetricEntry{"mse", Metric::squared_error, Family::terms, Scale::number, lower, Argument::none, false, "", "the mean squared error of numbers"},
    MetricEntry{"rmse", Metric::root_squared_error, Family::terms, Scale::number, lower, Argument::none, false, "", "the root of the mean squared error"},
    MetricEntry{"mape", Metric::percentage_error, Family::terms, Scale::fraction, lower, Argument::none, false, "", "the mean absolute error as a share of the target"},
    MetricEntry{"r2", Metric::r_squared, Family::terms, Scale::number, higher, Argument::none, false, "", "the share of the targets' variance that is explained"},
    MetricEntry{"spearman", Metric::spearman, Family::ranks, Scale::number, higher, Argument::none, false, "", "the rank correlation of numbers and targets"},
    MetricEntry{"ndcg", Metric::ndcg, Family::terms, Scale::fraction, higher, Argument::places, true, "gain_of ", "normalised discounted gain of the first k: ndcg@10"},
    MetricEntry{"mrr", Metric::reciprocal_rank, Family::terms, Scale::fraction, higher, Argument::places, false, "", "the mean of 1/place of the first relevant document, mrr@10 among the first ten"},
    MetricEntry{"exact_match", Metric::exact_match, Family::terms, Scale::fraction, higher, Argument::none, false, "normalise ", "the share of outputs that equal their reference"},
    MetricEntry{"token_f1", Metric::token_f1, Family::terms, Scale::fraction, higher, Argument::none, false, "normalise ", "the F1 of the words of output and reference"},
    MetricEntry{"bleu", Metric::bleu, Family::terms, Scale::number, higher, Argument::none, false, "tokens lower_case ", "BLEU of the corpus, 0 to 100"},
    MetricEntry{"chrf", Metric::chrf, Family::terms, Scale::number, higher, Argument::none, false, "words lower_case ", "chrF of the corpus, 0 to 100; words=2 is chrF++"},
    MetricEntry{"rouge_1", Metric::rouge_1, Family::terms, Scale::fraction, higher, Argument::none, false, "tokens ", "ROUGE-1, F-measure"},
    MetricEntry{"rouge_2", Metric::rouge_2, Family::terms, Scale::fraction, higher, Argument::none, false, "tokens ", "ROUGE-2, F-measure"},
    MetricEntry{"rouge_l", Metric::rouge_l, Family::terms, Scale::fraction, higher, Argument::none, false, "tokens ", "ROUGE-L, F-measure"},
    MetricEntry{"wer", Metric::word_errors, Family::terms, Scale::fraction, lower, Argument::none, false, "normalise ", "word errors for each word of the references"},
    MetricEntry{"cer", Metric::character_errors, Family::terms, Scale::fraction, lower, Argument::none, false, "normalise ", "character errors for each character of the references"},
    MetricEntry{"perplexity", Metric::perplexity, Family::terms, Scale::ratio, lower, Argument::none, false, "", "e to the mean negative log-likelihood of a token"},
    MetricEntry{"bits_per_byte", Metric::bits_per_byte, Family::terms, Scale::number, lower, Argument::none, false, "", "the mean negative log-likelihood of a byte, in bits"},
    MetricEntry{"win_rate", Metric::win_rate, Family::terms, Scale::fraction, higher, Argument::none, false, "flips ", "how often a judge prefers the candidate, asked in both orders"},
    MetricEntry{"mean", Metric::mean, Family::terms, Scale::number, higher, Argument::field, true, "prefer ", "the mean of any number of the rows: mean(metrics.helpfulness)"},
    // recall@k is read apart from recall(CLASS), whose name it shares.
    MetricEntry{"recall@", Metric::recall_of_ranking, Family::terms, Scale::fraction, higher, Argument::places, true, "", "the share of the relevant documents among the first k: recall@10"},
    // clang-format on
};

/// What other tools call them.
const std::map<std::string, std::string> other_names = {{"acc", "accuracy"},
                                                        {"acc_norm", "mean(metrics.acc_norm) prefer=higher"},
                                                        {"sensitivity", "recall"},
                                                        {"tpr", "recall"},
                                                        {"auc", "roc_auc"},
                                                        {"auroc", "roc_auc"},
                                                        {"rocauc", "roc_auc"},
                                                        {"f1_score", "f1"},
                                                        {"fscore", "f1"},
                                                        {"f1-score", "f1"},
                                                        {"macro_f1", "f1(macro)"},
                                                        {"f1_macro", "f1(macro)"},
                                                        {"micro_f1", "f1(micro)"},
                                                        {"f1_micro", "f1(micro)"},
                                                        {"weighted_f1", "f1(weighted)"},
                                                        {"f1_weighted", "f1(weighted)"},
                                                        {"ppv", "precision"},
                                                        {"nfr", "negative_flip_rate"},
                                                        {"negative_flips", "negative_flip_rate"},
                                                        {"mcc", "matthews_correlation"},
                                                        {"matthews_corrcoef", "matthews_correlation"},
                                                        {"kappa", "cohen_kappa"},
                                                        {"cohen_kappa_score", "cohen_kappa"},
                                                        {"ap", "average_precision"},
                                                        {"pr_auc", "average_precision"},
                                                        {"auprc", "average_precision"},
                                                        {"ece", "calibration_error"},
                                                        {"brier_score", "brier"},
                                                        {"brier_score_loss", "brier"},
                                                        {"cross_entropy", "log_loss"},
                                                        {"logloss", "log_loss"},
                                                        {"top_k", "top@5"},
                                                        {"top_k_accuracy", "top@5"},
                                                        {"mean_absolute_error", "mae"},
                                                        {"mean_squared_error", "mse"},
                                                        {"r_squared", "r2"},
                                                        {"r2_score", "r2"},
                                                        {"spearmanr", "spearman"},
                                                        {"em", "exact_match"},
                                                        {"rouge", "rouge_l"},
                                                        {"rougel", "rouge_l"},
                                                        {"rougeL", "rouge_l"},
                                                        {"rouge1", "rouge_1"},
                                                        {"rouge2", "rouge_2"},
                                                        {"sacrebleu", "bleu"},
                                                        {"chrf++", "chrf words=2"},
                                                        {"word_error_rate", "wer"},
                                                        {"character_error_rate", "cer"},
                                                        {"ppl", "perplexity"},
                                                        {"bpb", "bits_per_byte"},
                                                        {"winrate", "win_rate"}};

}  // namespace

std::span<const MetricEntry> catalogue() { return entries; }

const MetricEntry& entry_of(Metric metric) {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [&](const MetricEntry& e) { return e.metric == metric; });
  if (found == entries.end()) throw std::logic_error("a metric without an entry");
  return *found;
}

const MetricEntry* entry_called(const std::string& name) {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [&](const MetricEntry& e) { return e.name == name; });
  return found == entries.end() ? nullptr : &*found;
}

std::string name_elsewhere(const std::string& name) {
  const auto found = other_names.find(name);
  return found == other_names.end() ? "" : found->second;
}

std::vector<std::string> metric_names() {
  std::vector<std::string> names;
  for (const MetricEntry& entry : entries)
    if (std::string(entry.name).back() != '@') names.emplace_back(entry.name);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace modelgate
