#pragma once

#include <memory>
#include <vector>

#include "gates/quality/terms/terms_of.h"

namespace modelgate {

// The terms by what they are computed of; see terms_of().

/// log_loss, brier, calibration_error, top@k
RowTerms probability_terms(const CheckText& check, const Measure& measure, const Answers& answers,
                           int threads, std::vector<DataProblem>& problems);

/// mae, mse, rmse, mape, r2, mean(FIELD), perplexity, bits_per_byte, win_rate
RowTerms number_terms(const CheckText& check, const Answers& answers, int threads,
                      std::vector<DataProblem>& problems);

/// ndcg@k, mrr, recall@k
RowTerms ranking_terms(const CheckText& check, const Answers& answers, int threads,
                       std::vector<DataProblem>& problems);

/// exact_match, token_f1, bleu, chrf, rouge, wer, cer
RowTerms text_terms(const CheckText& check, const Answers& answers, int threads,
                    std::vector<DataProblem>& problems);

}  // namespace modelgate
