// The rules for metrics of which every row has its own part.

#include "gates/quality/rules/term_difference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "gates/decision/decision.h"
#include "tests/gates/quality/term_rows.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;

Status status_of(const Difference& result) {
  return decide({result.p_regression, -result.proven, result.tolerated, result.doubt}, 0.05);
}

Difference compared(const RowTerms& terms, const Change& margin, bool lower_is_better = false,
                    const std::vector<std::int32_t>& clusters = {}, const QualityRule& rule = {}) {
  const Answers answers = bare_rows(terms.candidate.size() / terms.width, clusters);
  return difference_of(measure_of_terms(terms, lower_is_better), RowSample(answers), margin, rule);
}

/// n rows around 5 with noise; the candidate's lie by `shift` above.
RowTerms noisy(std::size_t n, double shift, unsigned seed = 1) {
  std::mt19937 random(seed);
  std::normal_distribution<double> noise;
  std::vector<double> before, now;
  for (std::size_t i = 0; i < n; ++i) {
    before.push_back(5 + noise(random));
    now.push_back(before.back() + shift + 0.3 * noise(random));
  }
  return mean_terms(before, now);
}

TEST(TermDifferenceTest, what_is_worse_depends_on_the_direction) {
  EXPECT_EQ(status_of(compared(noisy(200, 0.2), {0.05}, false)), Status::pass);
  EXPECT_EQ(status_of(compared(noisy(200, 0.2), {0.05}, true)), Status::fail);
  EXPECT_EQ(status_of(compared(noisy(200, -0.2), {0.05}, true)), Status::pass);
  EXPECT_EQ(status_of(compared(noisy(200, 0.05), {0.05}, true)), Status::inconclusive);
}

TEST(TermDifferenceTest, the_mirrored_metric_says_the_same_of_the_mirrored_numbers) {
  RowTerms mirrored = noisy(100, 0.1);
  for (std::vector<double>* values : {&mirrored.baseline, &mirrored.candidate})
    for (double& value : *values) value = -value;
  const Difference one = compared(noisy(100, 0.1), {0.05}, true), other = compared(mirrored, {0.05}, false);
  EXPECT_EQ(one.p_regression, other.p_regression);
  EXPECT_EQ(one.proven, other.proven);
  EXPECT_EQ(one.estimate(), other.estimate());
}

TEST(TermDifferenceTest, a_relative_margin_is_a_share_of_the_baseline) {
  // 5 % of about 5.
  const Difference result = compared(noisy(300, 0.2), {0.05, true}, true);
  EXPECT_NEAR(result.tolerated, 0.25, 0.01);
  EXPECT_EQ(status_of(result), Status::pass);
  EXPECT_EQ(status_of(compared(noisy(300, 0.3), {0.05, true}, true)), Status::fail);
  // Of a metric of which more is better likewise.
  EXPECT_EQ(status_of(compared(noisy(300, -0.2), {0.05, true})), Status::pass);
  EXPECT_EQ(status_of(compared(noisy(300, -0.3), {0.05, true})), Status::fail);
  // A share of nothing is no margin.
  const Difference of_nothing =
      compared(mean_terms(std::vector<double>(50, 0.0), std::vector<double>(50, 1.0)), {0.05, true}, true);
  EXPECT_EQ(of_nothing.reason, "undefined");
  EXPECT_EQ(status_of(of_nothing), Status::inconclusive);
}

TEST(TermDifferenceTest, a_gain_that_is_asked_for_must_be_proven) {
  EXPECT_EQ(status_of(compared(noisy(300, 0.2), {-0.1})), Status::pass);
  EXPECT_EQ(status_of(compared(noisy(300, 0.1), {-0.1})), Status::inconclusive);
  EXPECT_EQ(status_of(compared(noisy(300, 0.0), {-0.1})), Status::fail);
  EXPECT_EQ(status_of(compared(noisy(300, -0.2), {-0.1}, true)), Status::pass);
  EXPECT_EQ(status_of(compared(noisy(300, -0.5), {-0.05, true}, true)), Status::pass);
}

TEST(TermDifferenceTest, identical_answers_prove_that_nothing_is_lost_from_enough_rows_on) {
  RowTerms same = noisy(1000, 0);
  same.candidate = same.baseline;
  same.lowest = 0, same.highest = 10;
  // 0.997 of a thousand rows can have changed for the worse, by 10 at most: 0.03.
  EXPECT_EQ(status_of(compared(same, {0.031})), Status::pass);
  EXPECT_EQ(status_of(compared(same, {0.029})), Status::inconclusive);
  EXPECT_THAT(compared(same, {0.031}).method, HasSubstr("worst case"));
  // And that nothing was gained.
  EXPECT_EQ(status_of(compared(same, {-0.031})), Status::fail);
  EXPECT_EQ(status_of(compared(same, {-0.029})), Status::inconclusive);
}

TEST(TermDifferenceTest, clusters_are_what_is_independent) {
  // 400 rows in 20 clusters that move together.
  std::mt19937 random(3);
  std::normal_distribution<double> noise;
  std::vector<double> before, now;
  std::vector<std::int32_t> clusters;
  for (std::int32_t c = 0; c < 20; ++c) {
    const double moved = 0.05 + 0.3 * noise(random);
    for (int i = 0; i < 20; ++i) {
      before.push_back(noise(random));
      now.push_back(before.back() + moved + 0.01 * noise(random));
      clusters.push_back(c);
    }
  }
  const RowTerms terms = mean_terms(before, now);
  const Difference rows = compared(terms, {0.1}), by_cluster = compared(terms, {0.1}, false, clusters);
  EXPECT_EQ(by_cluster.units, 20);
  EXPECT_NEAR(rows.estimate(), by_cluster.estimate(), 1e-12);
  const double wide = by_cluster.bounds.upper - by_cluster.bounds.lower;
  EXPECT_GT(wide, 3 * (rows.bounds.upper - rows.bounds.lower));
}

/// Sums of which the metric is the root of the mean.
RowTerms root_mean(std::vector<double> baseline, std::vector<double> candidate) {
  RowTerms terms = mean_terms(std::move(baseline), std::move(candidate));
  terms.kind = RowTerms::Kind::sums;
  terms.value = [](std::span<const double> sums, double rows) { return std::sqrt(sums[0] / rows); };
  return terms;
}

TEST(TermDifferenceTest, the_delta_method_agrees_with_the_bootstrap) {
  std::mt19937 random(5);
  std::exponential_distribution<double> error;
  std::vector<double> before, now;
  for (int i = 0; i < 20'000; ++i) {
    before.push_back(error(random));
    now.push_back(0.5 * before.back() + 0.6 * error(random));
  }
  const RowTerms few = root_mean(before, now);
  // Four times the rows, all alike: half the standard error.
  for (int times = 0; times < 2; ++times) {
    before.insert(before.end(), before.begin(), before.end());
    now.insert(now.end(), now.begin(), now.end());
  }
  const RowTerms many = root_mean(before, now);
  QualityRule rule;
  rule.bootstrap.resamples = 4000;
  const Difference drawn = compared(few, {0.1}, false, {}, rule), linear = compared(many, {0.1});
  EXPECT_THAT(drawn.method, HasSubstr("bootstrap"));
  EXPECT_THAT(linear.method, HasSubstr("delta method"));
  EXPECT_NEAR(linear.estimate(), drawn.estimate(), 1e-9);
  const double by_drawing = drawn.bounds.upper - drawn.bounds.lower,
               by_slope = linear.bounds.upper - linear.bounds.lower;
  EXPECT_NEAR(2 * by_slope / by_drawing, 1, 0.05);
}

TEST(TermDifferenceTest, a_metric_that_is_not_defined_decides_nothing) {
  RowTerms terms = root_mean(std::vector<double>(40, 1), std::vector<double>(40, 2));
  terms.value = [](std::span<const double>, double) { return std::nan(""); };
  EXPECT_EQ(compared(terms, {0.1}).reason, "undefined");
  EXPECT_EQ(status_of(compared(terms, {0.1})), Status::inconclusive);
}

// What never varies was perhaps never measured.
TEST(TermDifferenceTest, one_value_in_all_rows_of_both_models_is_no_proof) {
  for (const double margin : {0.0, 0.1, 5.0}) {
    const std::vector<double> same(5000, 5);
    const Difference result = compared(mean_terms(same, same), {margin});
    EXPECT_EQ(status_of(result), Status::inconclusive);
    EXPECT_EQ(result.reason, "degenerate");
    EXPECT_EQ(status_of(compared(root_mean(same, same), {margin})), Status::inconclusive);
  }
}

// The root of 0 has no slope there.
TEST(TermDifferenceTest, a_perfect_baseline_hides_no_loss_and_no_gain) {
  std::mt19937 random(9);
  std::exponential_distribution<double> error;
  std::vector<double> wrong;
  for (int i = 0; i < 300; ++i) wrong.push_back(error(random));
  const std::vector<double> perfect(300, 0);
  QualityRule rule;
  rule.bootstrap.resamples = 500;
  EXPECT_EQ(status_of(compared(root_mean(perfect, wrong), {0.2}, true, {}, rule)), Status::fail);
  EXPECT_EQ(status_of(compared(root_mean(wrong, perfect), {0.2}, true, {}, rule)), Status::pass);
  EXPECT_EQ(status_of(compared(root_mean(perfect, perfect), {0.2}, true, {}, rule)), Status::inconclusive);
}

TEST(TermLevelTest, a_mean_is_proven_to_lie_on_one_side_of_a_limit) {
  const Answers answers = bare_rows(200);
  const Measure measure = measure_of_terms(noisy(200, 0), true);
  const auto level = [&](double limit) { return level_of(measure, RowSample(answers), -limit, {}); };
  EXPECT_GE(level(5.3).bounds.lower, -5.3);
  EXPECT_LE(level(5.3).p_held.value(), 0.05);
  EXPECT_LE(level(4.7).p_missed, 0.05);
  EXPECT_GT(level(5.0).p_missed, 0.05);
  EXPECT_LT(level(5.0).bounds.lower, -5.0);
}

TEST(TermLevelTest, one_value_in_all_rows_proves_nothing_unless_it_is_the_best) {
  const Answers answers = bare_rows(300);
  RowTerms same = mean_terms(std::vector<double>(300, 1), std::vector<double>(300, 1));
  EXPECT_EQ(level_of(measure_of_terms(same, false), RowSample(answers), 0.5, {}).reason, "degenerate");
  same.lowest = 0, same.highest = 1;
  const Level best = level_of(measure_of_terms(same, false), RowSample(answers), 0.98, {});
  EXPECT_NEAR(best.bounds.lower, 0.99, 0.001);
  EXPECT_THAT(best.method, HasSubstr("worst case"));
}

/// How often candidates that lie exactly at the margin pass, and are blocked.
struct Rates {
  double passed = 0, blocked = 0;
};

template <typename Draw>
Rates rates_at_the_margin(int runs, const Draw& draw, const Change& margin, const QualityRule& rule = {}) {
  std::mt19937 random(11);
  Rates rates;
  for (int r = 0; r < runs; ++r) {
    const Status status = status_of(compared(draw(random), margin, false, {}, rule));
    rates.passed += status == Status::pass;
    rates.blocked += status == Status::fail;
  }
  return {rates.passed / runs, rates.blocked / runs};
}

// Promised are 5 %; three standard errors of 2,000 runs are 1.5 %.
constexpr double promised = 0.065;

TEST(TermErrorRateTest, differences_of_every_row_keep_the_promise) {
  const Rates rates = rates_at_the_margin(2000,
                                          [](std::mt19937& random) {
                                            std::normal_distribution<double> noise;
                                            std::vector<double> before(40), now(40);
                                            for (std::size_t i = 0; i < 40; ++i)
                                              now[i] = (before[i] = noise(random)) - 0.2 + noise(random);
                                            return mean_terms(before, now);
                                          },
                                          {0.2});
  EXPECT_LE(rates.passed, promised);
  EXPECT_LE(rates.blocked, promised);
}

TEST(TermErrorRateTest, a_loss_of_a_few_rows_is_not_passed_over) {
  // One row in forty loses all: the sample often holds few of them, or none.
  const Rates rates = rates_at_the_margin(2000,
                                          [](std::mt19937& random) {
                                            std::bernoulli_distribution lost(0.025);
                                            std::normal_distribution<double> noise(0, 0.02);
                                            std::vector<double> before(200), now(200);
                                            for (std::size_t i = 0; i < 200; ++i)
                                              now[i] =
                                                  (before[i] = 0.9) + (lost(random) ? -0.8 : noise(random));
                                            RowTerms terms = mean_terms(before, now);
                                            terms.lowest = 0, terms.highest = 1;
                                            return terms;
                                          },
                                          {0.02});
  EXPECT_LE(rates.passed, promised);
  EXPECT_LE(rates.blocked, promised);
}

TEST(TermErrorRateTest, ratios_of_documents_of_all_sizes_keep_the_promise) {
  const Rates rates =
      rates_at_the_margin(2000,
                          [](std::mt19937& random) {
                            std::lognormal_distribution<double> length(4, 1);
                            std::normal_distribution<double> noise;
                            RowTerms terms;
                            terms.kind = RowTerms::Kind::ratio;
                            for (int i = 0; i < 60; ++i) {
                              const double size = std::ceil(length(random));
                              terms.sizes.push_back(size);
                              terms.baseline.push_back(2 * size);
                              terms.candidate.push_back(1.9 * size + 0.3 * size * noise(random));
                            }
                            return terms;
                          },
                          {0.1});
  EXPECT_LE(rates.passed, promised);
  EXPECT_LE(rates.blocked, promised);
}

TEST(TermErrorRateTest, the_bootstrap_of_sums_keeps_about_what_it_promises) {
  QualityRule rule;
  rule.bootstrap.resamples = 500;
  rule.bootstrap.threads = 1;
  const Rates rates = rates_at_the_margin(
      600,
      [](std::mt19937& random) {
        std::chi_squared_distribution<double> squares(1);
        std::vector<double> before(100), now(100);
        for (std::size_t i = 0; i < 100; ++i) {
          before[i] = squares(random);
          now[i] = 0.81 * squares(random);
        }
        return root_mean(before, now);
      },
      // The roots are 1 and 0.9.
      {0.1}, rule);
  EXPECT_LE(rates.passed, 0.08);
  EXPECT_LE(rates.blocked, 0.08);
}

}  // namespace
}  // namespace modelgate
