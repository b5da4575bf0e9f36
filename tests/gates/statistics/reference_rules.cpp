// Tests, intervals and distributions of the reference table.

#include "gates/statistics/clustered_error.h"
#include "gates/statistics/delong.h"
#include "gates/statistics/descriptive.h"
#include "gates/statistics/distributions.h"
#include "gates/statistics/mcnemar.h"
#include "gates/statistics/multiple_testing.h"
#include "gates/statistics/paired_proportions.h"
#include "gates/statistics/proportion_interval.h"
#include "gates/statistics/quantile_bounds.h"
#include "gates/statistics/rank_sum.h"
#include "gates/statistics/signed_rank.h"
#include "gates/statistics/t_interval.h"
#include "reference_table.h"

namespace modelgate {
namespace {

using Case = ReferenceCase;

Numbers list(const Interval& interval) { return {interval.lower, interval.upper}; }

template <typename Test>
Fields p_values(const Test& test) {
  return {{"p_greater", {test.p_greater}}, {"p_less", {test.p_less}}, {"p_two_sided", {test.p_two_sided}}};
}

Fields of_mcnemar(const Case& c) {
  const McnemarTest t = mcnemar(c.whole("b"), c.whole("c"));
  return {{"exact", {t.exact}},
          {"mid_p", {t.mid_p}},
          {"statistic", {t.statistic}},
          {"asymptotic", {t.asymptotic}},
          {"corrected_statistic", {t.corrected_statistic}},
          {"corrected", {t.corrected}}};
}

Fields of_proportion(const Case& c) {
  const Interval exact = clopper_pearson(c.whole("x"), c.whole("n"), c.number("tail"));
  const Interval score = wilson(c.whole("x"), c.whole("n"), c.number("tail"));
  return {{"exact_lower", {exact.lower}},
          {"exact_upper", {exact.upper}},
          {"wilson_lower", {score.lower}},
          {"wilson_upper", {score.upper}}};
}

Fields of_estimate(const StudentEstimate& e, double delta, double tail) {
  return {{"estimate", {e.estimate}},     {"error", {e.standard_error}},
          {"df", {e.degrees_of_freedom}}, {"p_greater", {e.p_greater(delta)}},
          {"p_less", {e.p_less(delta)}},  {"bounds", list(e.bounds(tail))}};
}

Fields of_welch(const Case& c) {
  const StudentEstimate e = welch(c.numbers("x"), c.numbers("y"));
  Fields result = of_estimate(e, 0, c.number("tail"));
  result["equivalence"] = {equivalence_p(e, c.number("epsilon"))};
  return result;
}

Fields of_signed_rank(const Case& c, RankMethod method) {
  const SignedRankTest test = signed_rank(c.numbers("x"), 0, method);
  Fields result = p_values(test);
  result["statistic"] = {test.statistic};
  return result;
}

Fields of_rank_sum(const Case& c, RankMethod method) {
  const RankSumTest test = rank_sum(c.numbers("x"), c.numbers("y"), 0, method);
  Fields result = p_values(test);
  result["u"] = {test.u};
  return result;
}

Fields of_paired_proportions(const Case& c) {
  const auto cells = c.wholes("table");
  const PairedCounts counts{cells.at(0), cells.at(1), cells.at(2), cells.at(3)};
  return {{"tango", list(tango_bounds(counts, c.number("tail")))},
          {"p_greater", {tango_p_greater(counts, -0.01)}},
          {"newcombe", list(newcombe_bounds(counts, c.number("tail")))}};
}

Fields of_delong(const Case& c) {
  std::vector<bool> positive;
  for (const double label : c.numbers("label")) positive.push_back(label == 1);
  const AucComparison auc = delong(c.numbers("x"), c.numbers("y"), positive);
  return {{"first", {auc.first}},
          {"second", {auc.second}},
          {"first_variance", {auc.first_variance}},
          {"second_variance", {auc.second_variance}},
          {"variance", {auc.variance}}};
}

Fields of_descriptive(const Case& c) {
  const Numbers& x = c.numbers("x");
  const auto ranks = doubled_midranks(x);
  return {{"mean", {mean(x)}},
          {"variance", {variance(x)}},
          {"median", {median(x)}},
          {"deviation", {median_absolute_deviation(x)}},
          {"ranks", Numbers(ranks.begin(), ranks.end())}};
}

Fields of_quantile_orders(const Case& c) {
  const QuantileOrders orders = quantile_orders(c.whole("n"), c.number("q"), c.number("tail"));
  return {{"lower", {static_cast<double>(orders.lower.value_or(0))}},
          {"upper", {static_cast<double>(orders.upper.value_or(0))}}};
}

Fields of_binomial(const Case& c) {
  const std::int64_t k = c.whole("k"), n = c.whole("n");
  const double p = c.number("p");
  return {{"at_most", {binomial_at_most(k, n, p)}},
          {"at_least", {binomial_at_least(k, n, p)}},
          {"equal", {binomial_equal(k, n, p)}}};
}

}  // namespace

const Computations& reference_rules() {
  static const Computations computations{
      {"mcnemar", of_mcnemar},
      {"proportion", of_proportion},
      {"mean",
       [](const Case& c) {
         return of_estimate(mean_estimate(c.numbers("x")), c.number("delta"), c.number("tail"));
       }},
      {"welch", of_welch},
      {"equivalence",
       [](const Case& c) {
         return Fields{{"p", {equivalence_p(mean_estimate(c.numbers("x")), c.number("epsilon"))}}};
       }},
      {"clustered",
       [](const Case& c) {
         return of_estimate(clustered_mean(c.numbers("x"), c.wholes("cluster")), 0, 0.05);
       }},
      {"signed_rank", [](const Case& c) { return of_signed_rank(c, RankMethod::exact); }},
      {"signed_rank_normal", [](const Case& c) { return of_signed_rank(c, RankMethod::normal); }},
      {"rank_sum", [](const Case& c) { return of_rank_sum(c, RankMethod::exact); }},
      {"rank_sum_normal", [](const Case& c) { return of_rank_sum(c, RankMethod::normal); }},
      {"walsh",
       [](const Case& c) {
         return Fields{{"estimate", {walsh_estimate(c.numbers("x"), 0.05).estimate}}};
       }},
      {"shift",
       [](const Case& c) {
         return Fields{{"estimate", {shift_estimate(c.numbers("x"), c.numbers("y"), 0.05).estimate}}};
       }},
      {"families",
       [](const Case& c) {
         return Fields{{"holm", holm(c.numbers("p"))}, {"bh", benjamini_hochberg(c.numbers("p"))}};
       }},
      {"paired_proportions", of_paired_proportions},
      {"delong", of_delong},
      {"descriptive", of_descriptive},
      {"quantile_orders", of_quantile_orders},
      {"values_needed",
       [](const Case& c) {
         return Fields{
             {"n", {static_cast<double>(values_needed(c.number("q"), c.whole("over"), c.number("tail")))}}};
       }},
      {"normal",
       [](const Case& c) {
         return Fields{{"lower", {normal_lower(c.number("z"))}}, {"upper", {normal_upper(c.number("z"))}}};
       }},
      {"normal_quantile",
       [](const Case& c) {
         return Fields{{"z", {normal_quantile(c.number("p"))}}};
       }},
      {"normal_lower_both",
       [](const Case& c) {
         return Fields{{"p", {normal_lower_both(c.number("h"), c.number("r"))}}};
       }},
      {"student",
       [](const Case& c) {
         return Fields{{"lower", {student_lower(c.number("t"), c.number("df"))}},
                       {"upper", {student_upper(c.number("t"), c.number("df"))}}};
       }},
      {"student_quantile",
       [](const Case& c) {
         return Fields{{"t", {student_quantile(c.number("p"), c.number("df"))}}};
       }},
      {"noncentral_student",
       [](const Case& c) {
         return Fields{
             {"upper", {noncentral_student_upper(c.number("t"), c.number("df"), c.number("shift"))}}};
       }},
      {"binomial", of_binomial},
  };
  return computations;
}

}  // namespace modelgate
