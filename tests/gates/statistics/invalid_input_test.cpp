// Empty samples, NaN and infinity are errors for every public function, never an answer.

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <map>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "gates/statistics/clustered_error.h"
#include "gates/statistics/confidence_sequence.h"
#include "gates/statistics/delong.h"
#include "gates/statistics/descriptive.h"
#include "gates/statistics/distributions.h"
#include "gates/statistics/hierarchical_bootstrap.h"
#include "gates/statistics/multiple_testing.h"
#include "gates/statistics/paired_proportions.h"
#include "gates/statistics/proportion_interval.h"
#include "gates/statistics/quantile_bounds.h"
#include "gates/statistics/rank_sum.h"
#include "gates/statistics/selection.h"
#include "gates/statistics/signed_rank.h"
#include "gates/statistics/t_interval.h"

namespace modelgate {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

using Values = std::vector<double>;

const Values good{1, 2, 4, 8};
const std::vector<bool> labels{true, false, true, false};

/// Functions of a sample of four values.
const std::map<std::string, std::function<void(const Values&)>> of_samples{
    {"mean", [](const Values& x) { mean(x); }},
    {"variance", [](const Values& x) { variance(x); }},
    {"median", [](const Values& x) { median(x); }},
    {"median_absolute_deviation", [](const Values& x) { median_absolute_deviation(x); }},
    {"doubled_midranks", [](const Values& x) { doubled_midranks(x); }},
    {"mean_estimate", [](const Values& x) { mean_estimate(x); }},
    {"welch first", [](const Values& x) { welch(x, good); }},
    {"welch second", [](const Values& x) { welch(good, x); }},
    {"clustered_mean",
     [](const Values& x) {
       std::vector<std::int64_t> cluster;
       for (std::size_t i = 0; i < x.size(); ++i) cluster.push_back(static_cast<std::int64_t>(i));
       clustered_mean(x, cluster);
     }},
    {"signed_rank", [](const Values& x) { signed_rank(x); }},
    {"signed_rank normal", [](const Values& x) { signed_rank(x, 0, RankMethod::normal); }},
    {"walsh_estimate", [](const Values& x) { walsh_estimate(x, 0.05); }},
    {"rank_sum first", [](const Values& x) { rank_sum(x, good); }},
    {"rank_sum second", [](const Values& x) { rank_sum(good, x); }},
    {"shift_estimate first", [](const Values& x) { shift_estimate(x, good, 0.05); }},
    {"shift_estimate second", [](const Values& x) { shift_estimate(good, x, 0.05); }},
    {"quantile_bounds", [](const Values& x) { quantile_bounds(x, 0.5, 0.05); }},
    {"delong first", [](const Values& x) { delong(x, good, labels); }},
    {"delong second", [](const Values& x) { delong(good, x, labels); }},
    {"hierarchical_bootstrap first",
     [](const Values& x) {
       const std::vector<ProcessValues> first{good, x}, second{good, good};
       hierarchical_bootstrap(first, second, ProcessPairing::paired, mean, {.resamples = 100});
     }},
    {"hierarchical_bootstrap second",
     [](const Values& x) {
       const std::vector<ProcessValues> first{good, good}, second{good, x};
       hierarchical_bootstrap(first, second, ProcessPairing::unpaired, mean, {.resamples = 100});
     }},
};

TEST(InvalidInputTest, empty_samples_nan_and_infinity_are_errors_anywhere_in_a_sample) {
  for (const auto& [name, call] : of_samples) {
    EXPECT_NO_THROW(call(good)) << name;
    EXPECT_THROW(call({}), std::invalid_argument) << name;
    for (const double wrong : {nan, infinity, -infinity}) {
      for (std::size_t i = 0; i < good.size(); ++i) {
        Values bad = good;
        bad[i] = wrong;
        EXPECT_THROW(call(bad), std::invalid_argument) << name << " " << wrong << " at " << i;
      }
    }
  }
}

/// Functions of one number for which no infinite one has a meaning.
const std::map<std::string, std::function<void(double)>> of_numbers{
    {"holm", [](double x) { holm(Values{x}); }},
    {"benjamini_hochberg",
     [](double x) {
       benjamini_hochberg(Values{0.5, x});
     }},
    {"normal_quantile", [](double x) { normal_quantile(x); }},
    {"student_quantile", [](double x) { student_quantile(x, 5); }},
    {"noncentral_student_upper", [](double x) { noncentral_student_upper(x, 5, 1); }},
    {"noncentral_student_upper degrees", [](double x) { noncentral_student_upper(1, x, 1); }},
    {"normal_lower_both", [](double x) { normal_lower_both(1, x); }},
    {"binomial_at_most", [](double x) { binomial_at_most(1, 3, x); }},
    {"binomial_at_least", [](double x) { binomial_at_least(1, 3, x); }},
    {"binomial_equal", [](double x) { binomial_equal(1, 3, x); }},
    {"beta_quantile", [](double x) { beta_quantile(x, 2, 3); }},
    {"beta_quantile a", [](double x) { beta_quantile(0.5, x, 3); }},
    {"beta_quantile b", [](double x) { beta_quantile(0.5, 2, x); }},
    {"clopper_pearson", [](double x) { clopper_pearson(1, 3, x); }},
    {"wilson", [](double x) { wilson(1, 3, x); }},
    {"tango_statistic",
     [](double x) {
       tango_statistic({5, 1, 2, 3}, x);
     }},
    {"tango_p_greater",
     [](double x) {
       tango_p_greater({5, 1, 2, 3}, x);
     }},
    {"tango_p_less",
     [](double x) {
       tango_p_less({5, 1, 2, 3}, x);
     }},
    {"tango_bounds",
     [](double x) {
       tango_bounds({5, 1, 2, 3}, x);
     }},
    {"newcombe_bounds",
     [](double x) {
       newcombe_bounds({5, 1, 2, 3}, x);
     }},
    {"quantile_orders", [](double x) { quantile_orders(10, x, 0.05); }},
    {"quantile_orders tail", [](double x) { quantile_orders(10, 0.5, x); }},
    {"values_needed", [](double x) { values_needed(x, 0, 0.05); }},
    {"values_needed tail", [](double x) { values_needed(0.9, 0, x); }},
    {"signed_rank shift", [](double x) { signed_rank(good, x); }},
    {"signed_rank_order", [](double x) { signed_rank_order(10, x); }},
    {"walsh_estimate tail", [](double x) { walsh_estimate(good, x); }},
    {"rank_sum shift", [](double x) { rank_sum(good, good, x); }},
    {"rank_sum_order", [](double x) { rank_sum_order(10, 10, x); }},
    {"shift_estimate tail", [](double x) { shift_estimate(good, good, x); }},
    {"StudentEstimate bounds", [](double x) { mean_estimate(good).bounds(x); }},
    {"StudentEstimate p_greater", [](double x) { mean_estimate(good).p_greater(x); }},
    {"StudentEstimate p_less", [](double x) { mean_estimate(good).p_less(x); }},
    {"equivalence_p", [](double x) { equivalence_p(mean_estimate(good), x); }},
    {"AucComparison bounds", [](double x) { delong(good, good, labels).bounds(x); }},
    {"AucComparison p_greater", [](double x) { delong(good, good, labels).p_greater(x); }},
    {"AucComparison p_less", [](double x) { delong(good, good, labels).p_less(x); }},
    {"Bootstrap bounds",
     [](double x) {
       Bootstrap{.estimate = 1, .replicates = {1, 2}}.bounds(x);
     }},
    {"Bootstrap p_greater",
     [](double x) {
       Bootstrap{.estimate = 1, .replicates = {1, 2}}.p_greater(x);
     }},
    {"Bootstrap p_less",
     [](double x) {
       Bootstrap{.estimate = 1, .replicates = {1, 2}}.p_less(x);
     }},
    {"ConfidenceSequence",
     [](double x) {
       ConfidenceSequence({0, 1}, 0.05).add(x);
     }},
    {"ConfidenceSequence p_greater",
     [](double x) {
       ConfidenceSequence({0, 1}, 0.05).p_greater(x);
     }},
    {"kth_smallest", [](double x) { kth_smallest(1, x, 2, [](double) { return 1; }); }},
    {"kth_smallest high", [](double x) { kth_smallest(1, -2, x, [](double) { return 1; }); }},
};

TEST(InvalidInputTest, nan_and_infinity_are_errors_for_every_function_of_a_number) {
  for (const auto& [name, call] : of_numbers) {
    for (const double wrong : {nan, infinity, -infinity}) {
      EXPECT_THROW(call(wrong), std::invalid_argument) << name << " " << wrong;
    }
  }
}

TEST(InvalidInputTest, distributions_know_infinity_and_refuse_nan) {
  EXPECT_EQ(normal_lower(infinity), 1);
  EXPECT_EQ(student_upper(-infinity, 3), 1);
  EXPECT_THROW(normal_lower(nan), std::invalid_argument);
  EXPECT_THROW(normal_upper(nan), std::invalid_argument);
  EXPECT_THROW(student_lower(nan, 3), std::invalid_argument);
  EXPECT_THROW(student_upper(1, nan), std::invalid_argument);
  EXPECT_THROW(student_quantile(0.1, nan), std::invalid_argument);
  EXPECT_THROW(noncentral_student_upper(1, 3, nan), std::invalid_argument);
  EXPECT_THROW(normal_lower_both(nan, 0.5), std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
