// Metrics that are means, ratios or correlations, of the reference table.

#include "gates/metrics/language.h"
#include "gates/metrics/preference.h"
#include "gates/metrics/ranking.h"
#include "gates/metrics/regression.h"
#include "reference_table.h"

namespace modelgate {
namespace {

Fields of_regression(const ReferenceCase& c) {
  RegressionSums sums;
  const Numbers &target = c.numbers("target"), &predicted = c.numbers("predicted");
  for (std::size_t i = 0; i < target.size(); ++i) sums.add(target[i], predicted[i]);
  return {{"mae", {sums.mean_absolute_error()}},
          {"mse", {sums.mean_squared_error()}},
          {"rmse", {sums.root_mean_squared_error()}},
          {"mape", {sums.mean_absolute_percentage_error()}},
          {"r2", {sums.r_squared()}}};
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

Fields of_language(const ReferenceCase& c) {
  const auto tokens = c.wholes<std::int64_t>("tokens"), cluster = c.wholes<std::int64_t>("cluster");
  const StudentEstimate e = nll_difference(c.numbers("first"), c.numbers("second"), tokens, cluster);
  double nll = 0;
  std::int64_t all = 0;
  for (const double value : c.numbers("first")) nll += value;
  for (const std::int64_t some : tokens) all += some;
  return {{"estimate", {e.estimate}},
          {"error", {e.standard_error}},
          {"df", {e.degrees_of_freedom}},
          {"p_greater", {e.p_greater(0.01)}},
          {"perplexity", {perplexity(nll, all)}},
          {"bits", {bits_per_byte(nll, all)}}};
}

Fields of_preference(const ReferenceCase& c) {
  const PreferenceEstimate e = preference(c.numbers("first"), c.numbers("second"));
  return {{"win_rate", {e.win_rate()}},
          {"error", {e.advantage.standard_error}},
          {"flip_rate", {e.flip_rate()}},
          {"p_greater", {e.advantage.p_greater(0)}},
          {"p_less", {e.advantage.p_less(0)}}};
}

}  // namespace

const Computations& reference_means() {
  static const Computations computations{
      {"regression", of_regression},
      {"spearman",
       [](const ReferenceCase& c) {
         return Fields{{"rho", {spearman(c.numbers("x"), c.numbers("y"))}}};
       }},
      {"ranking", of_ranking},
      {"language", of_language},
      {"preference", of_preference}};
  return computations;
}

}  // namespace modelgate
