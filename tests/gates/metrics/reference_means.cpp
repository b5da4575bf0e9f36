// Metrics that are means or correlations, of the reference table.

#include "gates/metrics/ranking.h"
#include "gates/metrics/regression.h"
#include "reference_table.h"

namespace modelgate {
namespace {

Fields of_regression(const ReferenceCase& c) {
  const Numbers &target = c.numbers("target"), &predicted = c.numbers("predicted");
  const auto mean = [&](double (*term)(double, double)) {
    double sum = 0;
    for (std::size_t i = 0; i < target.size(); ++i) sum += term(target[i], predicted[i]);
    return sum / static_cast<double>(target.size());
  };
  return {{"mae", {mean(absolute_error)}},
          {"mse", {mean(squared_error)}},
          {"mape", {mean(absolute_percentage_error)}}};
}

Fields of_ranking(const ReferenceCase& c) {
  const Numbers& ranked = c.numbers("ranked");
  const std::size_t k = c.whole<std::size_t>("k");
  std::int64_t relevant = 0;
  for (const double relevance : ranked) relevant += relevance > 0;
  return {{"linear", {ndcg(ranked, k)}},
          {"exponential", {ndcg(ranked, k, Gain::exponential)}},
          {"dcg", {dcg(ranked, k)}},
          {"reciprocal", {reciprocal_rank(ranked, k)}},
          {"recall", {recall_at(ranked, k, relevant)}}};
}

}  // namespace

const Computations& reference_means() {
  static const Computations computations{
      {"regression", of_regression},
      {"spearman",
       [](const ReferenceCase& c) {
         return Fields{{"rho", {spearman(c.numbers("x"), c.numbers("y"))}}};
       }},
      {"ranking", of_ranking}};
  return computations;
}

}  // namespace modelgate
