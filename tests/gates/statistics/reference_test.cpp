// Every line of reference/table.txt, which reference/make.py computes with scipy and statsmodels.

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "gates/statistics/clustered_error.h"
#include "gates/statistics/delong.h"
#include "gates/statistics/distributions.h"
#include "gates/statistics/mcnemar.h"
#include "gates/statistics/multiple_testing.h"
#include "gates/statistics/paired_proportions.h"
#include "gates/statistics/proportion_interval.h"
#include "gates/statistics/rank_sum.h"
#include "gates/statistics/signed_rank.h"
#include "gates/statistics/t_interval.h"

namespace modelgate {
namespace {

using Numbers = std::vector<double>;
using Fields = std::map<std::string, Numbers>;

struct Case {
  std::string function;
  Fields inputs, expected;
};

std::vector<Case> read_table() {
  std::ifstream file(MODELGATE_SOURCE_DIR "/tests/gates/statistics/reference/table.txt");
  std::vector<Case> cases;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    Case item;
    std::istringstream words(line);
    words >> item.function;
    bool expected = false;
    for (std::string word; words >> word;) {
      if (word == "=>") {
        expected = true;
        continue;
      }
      const auto colon = word.find(':');
      Numbers numbers;
      std::istringstream list(word.substr(colon + 1));
      for (std::string number; std::getline(list, number, ',');) numbers.push_back(std::stod(number));
      (expected ? item.expected : item.inputs)[word.substr(0, colon)] = numbers;
    }
    cases.push_back(item);
  }
  return cases;
}

Numbers list(const Interval& interval) { return {interval.lower, interval.upper}; }

template <typename Test>
Fields p_values(const Test& test) {
  return {{"p_greater", {test.p_greater}}, {"p_less", {test.p_less}}, {"p_two_sided", {test.p_two_sided}}};
}

/// What the product computes for a case.
Fields compute(const Case& item) {
  const auto numbers = [&](const char* name) { return item.inputs.at(name); };
  const auto number = [&](const char* name) { return item.inputs.at(name).at(0); };
  const auto whole = [&](const char* name) { return static_cast<std::int64_t>(number(name)); };
  const std::string& f = item.function;
  if (f == "mcnemar") {
    const McnemarTest t = mcnemar(whole("b"), whole("c"));
    return {{"exact", {t.exact}},
            {"mid_p", {t.mid_p}},
            {"statistic", {t.statistic}},
            {"asymptotic", {t.asymptotic}},
            {"corrected_statistic", {t.corrected_statistic}},
            {"corrected", {t.corrected}}};
  }
  if (f == "proportion") {
    const Interval exact = clopper_pearson(whole("x"), whole("n"), number("tail"));
    const Interval score = wilson(whole("x"), whole("n"), number("tail"));
    return {{"exact_lower", {exact.lower}},
            {"exact_upper", {exact.upper}},
            {"wilson_lower", {score.lower}},
            {"wilson_upper", {score.upper}}};
  }
  if (f == "mean" || f == "welch") {
    const bool one = f == "mean";
    const double delta = one ? number("delta") : 0;
    const StudentEstimate e = one ? mean_estimate(numbers("x")) : welch(numbers("x"), numbers("y"));
    Fields result{{"estimate", {e.estimate}},     {"error", {e.standard_error}},
                  {"df", {e.degrees_of_freedom}}, {"p_greater", {e.p_greater(delta)}},
                  {"p_less", {e.p_less(delta)}},  {"bounds", list(e.bounds(number("tail")))}};
    if (!one) result["equivalence"] = {equivalence_p(e, number("epsilon"))};
    return result;
  }
  if (f == "clustered") {
    std::vector<std::int64_t> cluster;
    for (const double id : numbers("cluster")) cluster.push_back(static_cast<std::int64_t>(id));
    const StudentEstimate e = clustered_mean(numbers("x"), cluster);
    return {{"estimate", {e.estimate}}, {"error", {e.standard_error}}, {"df", {e.degrees_of_freedom}}};
  }
  if (f == "signed_rank" || f == "signed_rank_normal") {
    const auto method = f == "signed_rank" ? RankMethod::exact : RankMethod::normal;
    const SignedRankTest test = signed_rank(numbers("x"), 0, method);
    Fields result = p_values(test);
    result["statistic"] = {test.statistic};
    return result;
  }
  if (f == "rank_sum" || f == "rank_sum_normal") {
    const auto method = f == "rank_sum" ? RankMethod::exact : RankMethod::normal;
    const RankSumTest test = rank_sum(numbers("x"), numbers("y"), 0, method);
    Fields result = p_values(test);
    result["u"] = {test.u};
    return result;
  }
  if (f == "walsh") return {{"estimate", {walsh_estimate(numbers("x"), 0.05).estimate}}};
  if (f == "shift") return {{"estimate", {shift_estimate(numbers("x"), numbers("y"), 0.05).estimate}}};
  if (f == "families") return {{"holm", holm(numbers("p"))}, {"bh", benjamini_hochberg(numbers("p"))}};
  if (f == "paired_proportions") {
    const Numbers cells = numbers("table");
    const auto cell = [&](int i) { return static_cast<std::int64_t>(cells.at(static_cast<std::size_t>(i))); };
    const PairedCounts counts{cell(0), cell(1), cell(2), cell(3)};
    return {{"tango", list(tango_bounds(counts, number("tail")))},
            {"p_greater", {tango_p_greater(counts, -0.01)}},
            {"newcombe", list(newcombe_bounds(counts, number("tail")))}};
  }
  if (f == "delong") {
    std::vector<bool> positive;
    for (const double label : numbers("label")) positive.push_back(label == 1);
    const AucComparison c = delong(numbers("x"), numbers("y"), positive);
    return {{"first", {c.first}},
            {"second", {c.second}},
            {"first_variance", {c.first_variance}},
            {"second_variance", {c.second_variance}},
            {"variance", {c.variance}}};
  }
  if (f == "normal") return {{"lower", {normal_lower(number("z"))}}, {"upper", {normal_upper(number("z"))}}};
  if (f == "normal_quantile") return {{"z", {normal_quantile(number("p"))}}};
  if (f == "student") {
    return {{"lower", {student_lower(number("t"), number("df"))}},
            {"upper", {student_upper(number("t"), number("df"))}}};
  }
  if (f == "binomial") {
    const std::int64_t k = whole("k"), n = whole("n");
    return {{"at_most", {binomial_at_most(k, n, number("p"))}},
            {"at_least", {binomial_at_least(k, n, number("p"))}},
            {"equal", {binomial_equal(k, n, number("p"))}}};
  }
  throw std::runtime_error("the table has an unknown function " + f);
}

TEST(ReferenceTest, agrees_with_scipy_and_statsmodels_to_nine_digits) {
  const std::vector<Case> cases = read_table();
  ASSERT_GE(cases.size(), 100u);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const Fields result = compute(cases[i]);
    for (const auto& [name, expected] : cases[i].expected) {
      ASSERT_EQ(result.count(name), 1u) << cases[i].function << " does not compute " << name;
      const Numbers& computed = result.at(name);
      ASSERT_EQ(computed.size(), expected.size()) << cases[i].function << " " << name;
      for (std::size_t k = 0; k < expected.size(); ++k) {
        EXPECT_NEAR(computed[k], expected[k], 1e-9 * std::max(1.0, std::abs(expected[k])))
            << cases[i].function << " " << name << " of case " << i;
        // Tail probabilities must be right in their digits, not only in their smallness.
        if (expected[k] > 0 && expected[k] < 1e-3 && !name.ends_with("error")) {
          EXPECT_NEAR(computed[k] / expected[k], 1, 1e-6)
              << cases[i].function << " " << name << " of case " << i;
        }
      }
    }
  }
}

}  // namespace
}  // namespace modelgate
