// Metrics of ranked lists.
//
// NDCG discounts what is found late by the logarithm of its place, and divides by the best that could be had
// (Järvelin & Kekäläinen 2002, ACM TOIS 20:422). Two gains are in use, and give different numbers: the
// relevance itself, and 2^relevance − 1, which stresses the highest grades (Burges et al. 2005, ICML).
// Sums are made in the order of places, so that equal lists give equal bits.
//
// Limits: scores that tie have no order; a model must break its ties itself, and the same way for baseline
// and candidate. (scikit-learn's ndcg_score averages over them.)

#include "gates/metrics/ranking.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

#include "gates/statistics/input.h"

namespace modelgate {

namespace {

constexpr double highest_exponent = 60;

void require_relevances(std::span<const double> relevances, std::size_t k) {
  require(k >= 1, "the first k places are at least one");
  require_values(relevances, 0);
  for (const double relevance : relevances) require(relevance >= 0, "a relevance is negative");
}

double gain_of(double relevance, Gain gain) {
  if (gain == Gain::linear) return relevance;
  require(relevance <= highest_exponent, "a relevance is too high for the exponential gain");
  return std::exp2(relevance) - 1;
}

}  // namespace

double dcg(std::span<const double> ranked, std::size_t k, Gain gain) {
  require_relevances(ranked, k);
  double sum = 0;
  for (std::size_t i = 0; i < std::min(k, ranked.size()); ++i)
    sum += gain_of(ranked[i], gain) / std::log2(static_cast<double>(i + 2));
  return sum;
}

double ndcg(std::span<const double> ranked, std::span<const double> judged, std::size_t k, Gain gain) {
  require_relevances(judged, k);
  std::vector<double> best(judged.begin(), judged.end());
  const auto places = static_cast<std::ptrdiff_t>(std::min(k, best.size()));
  std::partial_sort(best.begin(), best.begin() + places, best.end(), std::greater<>());
  const double ideal = dcg(best, k, gain);
  return ideal > 0 ? dcg(ranked, k, gain) / ideal : 0;
}

double ndcg(std::span<const double> ranked, std::size_t k, Gain gain) {
  return ndcg(ranked, ranked, k, gain);
}

double reciprocal_rank(std::span<const double> ranked, std::size_t k) {
  require_relevances(ranked, k);
  for (std::size_t i = 0; i < std::min(k, ranked.size()); ++i)
    if (ranked[i] > 0) return 1 / static_cast<double>(i + 1);
  return 0;
}

double recall_at(std::span<const double> ranked, std::size_t k, std::int64_t relevant) {
  require_relevances(ranked, k);
  const auto is_relevant = [](double relevance) { return relevance > 0; };
  require(std::count_if(ranked.begin(), ranked.end(), is_relevant) <= relevant,
          "more relevant documents are ranked than there are");
  if (relevant == 0) return std::numeric_limits<double>::quiet_NaN();
  const auto end = ranked.begin() + static_cast<std::ptrdiff_t>(std::min(k, ranked.size()));
  return static_cast<double>(std::count_if(ranked.begin(), end, is_relevant)) / static_cast<double>(relevant);
}

}  // namespace modelgate
