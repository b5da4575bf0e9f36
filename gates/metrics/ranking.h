#pragma once

#include <cstdint>
#include <span>

namespace modelgate {

// Metrics of one query: the relevance of what was found, in the order in which the model ranked it. A metric
// of many queries is their mean, and is compared as a mean. Relevances are finite and not negative, k is at
// least 1 (std::invalid_argument); a list that is shorter than k counts as it is.

/// What a relevance is worth.
enum class Gain {
  linear,      ///< The relevance itself (Järvelin & Kekäläinen 2002; scikit-learn's ndcg_score).
  exponential  ///< 2^relevance − 1 (Burges et al. 2005): at most 2^60.
};

/// Σ gain/log2(1 + place) over the first k places.
double dcg(std::span<const double> ranked, std::size_t k, Gain gain = Gain::linear);
/// DCG divided by that of the best order of `judged`, all documents whose relevance is known, found or not.
/// 0 where none is relevant, as scikit-learn has it: no ranking can earn anything there.
double ndcg(std::span<const double> ranked, std::span<const double> judged, std::size_t k,
            Gain gain = Gain::linear);
/// The same where all judged documents were ranked.
double ndcg(std::span<const double> ranked, std::size_t k, Gain gain = Gain::linear);

/// 1/place of the first relevant document (relevance above 0) among the first k; 0 if there is none.
double reciprocal_rank(std::span<const double> ranked, std::size_t k);

/// The share of the relevant documents, of which there are `relevant` in all, that are among the first k. NaN
/// where there is none. Errors (std::invalid_argument): more are ranked than there are.
double recall_at(std::span<const double> ranked, std::size_t k, std::int64_t relevant);

}  // namespace modelgate
