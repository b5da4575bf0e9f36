#include "gates/quality/terms/terms_of.h"

#include "gates/quality/terms/terms_by_kind.h"

namespace modelgate {
namespace {

RowTerms computed(const CheckText& check, const Measure& measure, const Answers& answers, int threads,
                  std::vector<DataProblem>& problems) {
  switch (check.metric) {
    case Metric::log_loss:
    case Metric::brier:
    case Metric::calibration_error:
    case Metric::top:
      return probability_terms(check, measure, answers, threads, problems);
    case Metric::ndcg:
    case Metric::reciprocal_rank:
    case Metric::recall_of_ranking:
      return ranking_terms(check, answers, threads, problems);
    case Metric::exact_match:
    case Metric::token_f1:
    case Metric::bleu:
    case Metric::chrf:
    case Metric::rouge_1:
    case Metric::rouge_2:
    case Metric::rouge_l:
    case Metric::word_errors:
    case Metric::character_errors:
      return text_terms(check, answers, threads, problems);
    default:
      return number_terms(check, answers, threads, problems);
  }
}

}  // namespace

std::shared_ptr<const RowTerms> terms_of(const CheckText& check, const Measure& measure,
                                         const Answers& answers, int threads,
                                         std::vector<DataProblem>& problems) {
  return std::make_shared<RowTerms>(computed(check, measure, answers, threads, problems));
}

}  // namespace modelgate
