// The rules for metrics of the order of scores, and of ranks.

#include "gates/quality/rules/order_difference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "gates/decision/decision.h"
#include "gates/metrics/score_metrics.h"
#include "gates/quality/rules/rank_difference.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;

/// Rows of two classes and two models' scores of the class "1".
struct Scored {
  AnswerFile baseline, candidate;
  std::vector<std::uint8_t> positive;

  Scored() {
    for (AnswerFile* file : {&baseline, &candidate}) {
      file->request.numbers = {"score", "label", "prediction"};
      file->table.numbers.resize(3);
    }
  }
  void add(bool is_positive, double before, double now) {
    positive.push_back(is_positive);
    baseline.table.numbers[0].values.push_back(before);
    candidate.table.numbers[0].values.push_back(now);
  }
  Answers answers() const {
    Answers all;
    all.compared = true;
    all.classes = {"0", "1"};
    all.is_label = {true, true};
    all.baseline_file = &baseline;
    all.candidate_file = &candidate;
    for (const std::uint8_t one : positive) all.add({one, 0, 0, 0});
    all.looks = looks_at({}, static_cast<std::int64_t>(positive.size()));
    return all;
  }
};

Measure measure_of_order(Metric metric, double at = 0) {
  Measure measure{metric, Average::one_class, 1, "1", true, entry_of(metric).lower_is_better};
  measure.at = at;
  return measure;
}

/// Two models whose scores of positives lie so far above those of negatives, and share a part of their luck.
Scored drawn(std::mt19937& random, std::size_t rows, double before, double now) {
  std::normal_distribution<double> noise;
  std::bernoulli_distribution is_positive(0.3);
  Scored scored;
  for (std::size_t i = 0; i < rows; ++i) {
    const bool positive = is_positive(random);
    const double shared = noise(random);
    const auto score = [&](double shift) {
      return (positive ? shift : 0) + 0.8 * shared + 0.6 * noise(random);
    };
    const double of_baseline = score(before);
    scored.add(positive, of_baseline, score(now));
  }
  return scored;
}

Difference compared(const Scored& scored, const Measure& measure, double margin,
                    const QualityRule& rule = {}) {
  const Answers answers = scored.answers();
  return difference_of(measure, RowSample(answers), margin, rule);
}

Status status_of(const Difference& result) {
  return decide({result.p_regression, -result.proven, result.tolerated, result.doubt}, 0.05);
}

QualityRule quick(std::int64_t resamples) {
  QualityRule rule;
  rule.bootstrap.resamples = resamples;
  return rule;
}

TEST(OrderDifferenceTest, a_worse_order_is_found_whatever_the_metric) {
  std::mt19937 random(1);
  const Scored worse = drawn(random, 1500, 1.6, 0.9), same = drawn(random, 1500, 1.2, 1.2);
  for (const Measure& measure :
       {measure_of_order(Metric::average_precision), measure_of_order(Metric::recall_at_precision, 0.6),
        measure_of_order(Metric::fpr_at_tpr, 0.8)}) {
    EXPECT_EQ(status_of(compared(worse, measure, 0.02, quick(1000))), Status::fail);
    EXPECT_EQ(status_of(compared(same, measure, 0.2, quick(1000))), Status::pass);
  }
}

TEST(OrderDifferenceTest, exchanged_models_change_the_sign) {
  std::mt19937 random(2);
  Scored scored = drawn(random, 300, 1.3, 1.1);
  const Measure measure = measure_of_order(Metric::fpr_at_tpr, 0.8);
  const Difference one = compared(scored, measure, 0.1, quick(1000));
  std::swap(scored.baseline, scored.candidate);
  const Difference other = compared(scored, measure, 0.1, quick(1000));
  EXPECT_DOUBLE_EQ(one.estimate(), -other.estimate());
  EXPECT_NEAR(one.bounds.lower, -other.bounds.upper, 1e-12);
}

TEST(OrderDifferenceTest, one_order_of_both_models_proves_that_little_is_lost_from_enough_rows_on) {
  std::mt19937 random(3);
  Scored scored = drawn(random, 3000, 1.5, 1.5);
  for (std::size_t i = 0; i < scored.positive.size(); ++i)
    scored.candidate.table.numbers[0].values[i] = 2 * scored.baseline.table.numbers[0].values[i] + 5;
  const Difference result = compared(scored, measure_of_order(Metric::average_precision), 0.01, quick(500));
  EXPECT_THAT(result.method, HasSubstr("worst case"));
  EXPECT_EQ(result.estimate(), 0);
  // One in a thousand rows can have moved; the first of the order weigh most.
  EXPECT_LT(result.proven, -1e-4);
  EXPECT_GT(result.proven, -0.05) << result.proven;
  const double proven = -result.proven;
  EXPECT_EQ(
      status_of(compared(scored, measure_of_order(Metric::average_precision), 1.01 * proven, quick(500))),
      Status::pass);
  EXPECT_EQ(
      status_of(compared(scored, measure_of_order(Metric::average_precision), 0.99 * proven, quick(500))),
      Status::inconclusive);
}

// A precision of 0.9 is reached at every recall in every resample of both: that no row moved the metric does
// not prove that none can.
TEST(OrderDifferenceTest, a_metric_that_stays_at_its_best_passes_only_with_rows_enough_of_the_rarer_class) {
  const auto separated = [](int positives) {
    Scored scored;
    for (int i = 0; i < 2000; ++i) {
      const bool positive = i < positives;
      scored.add(positive, (positive ? 2 : 0) + i % 7 / 10.0, (positive ? 2 : 0) + i % 5 / 10.0);
    }
    return scored;
  };
  const Measure measure = measure_of_order(Metric::recall_at_precision, 0.9);
  EXPECT_EQ(status_of(compared(separated(100), measure, 0.01, quick(500))), Status::inconclusive);
  EXPECT_EQ(status_of(compared(separated(400), measure, 0.01, quick(500))), Status::pass);
}

TEST(OrderLevelTest, perfect_order_of_many_rows_is_no_proof_of_a_limit_when_nothing_varies) {
  Scored scored;
  for (int i = 0; i < 60'000; ++i) scored.add(i < 30, i < 30 ? 2 : 1, i < 30 ? 2 : 1);
  const Answers answers = scored.answers();
  const Level level =
      level_of(measure_of_order(Metric::average_precision), RowSample(answers), 0.999, QualityRule());
  EXPECT_EQ(level.value, 1);
  EXPECT_EQ(level.reason, "degenerate");
}

TEST(OrderDifferenceTest, the_jackknife_of_many_rows_agrees_with_the_bootstrap) {
  std::mt19937 random(4);
  const Scored few = drawn(random, 15'000, 1.4, 1.3);
  Scored many;
  for (int times = 0; times < 4; ++times)
    for (std::size_t i = 0; i < few.positive.size(); ++i)
      many.add(few.positive[i] != 0, few.baseline.table.numbers[0].values[i],
               few.candidate.table.numbers[0].values[i]);
  const Measure measure = measure_of_order(Metric::average_precision);
  const Difference by_drawing = compared(few, measure, 0.05, quick(1500)),
                   by_leaving_out = compared(many, measure, 0.05);
  EXPECT_THAT(by_drawing.method, HasSubstr("bootstrap"));
  EXPECT_THAT(by_leaving_out.method, HasSubstr("jackknife"));
  // Four times the rows, all alike: half the standard error.
  EXPECT_NEAR(2 * (by_leaving_out.bounds.upper - by_leaving_out.bounds.lower) /
                  (by_drawing.bounds.upper - by_drawing.bounds.lower),
              1, 0.08);
}

TEST(OrderDifferenceTest, the_error_rates_at_the_margin_are_about_those_that_are_promised) {
  const Measure measure = measure_of_order(Metric::average_precision);
  std::mt19937 random(5);
  const Scored all = drawn(random, 400'000, 1.5, 1.2);
  const auto value = [&](const AnswerFile& file) {
    return score_metric(ScoreOrder(file.table.numbers[0].values, all.positive),
                        {ScoreMetric::average_precision});
  };
  const double margin = value(all.baseline) - value(all.candidate);
  int passed = 0, blocked = 0;
  constexpr int runs = 600;
  for (int r = 0; r < runs; ++r) {
    const Status status = status_of(compared(drawn(random, 200, 1.5, 1.2), measure, margin, quick(400)));
    passed += status == Status::pass;
    blocked += status == Status::fail;
  }
  EXPECT_LE(passed, 0.085 * runs);
  EXPECT_LE(blocked, 0.085 * runs);
}

/// Numbers and what two models said of them.
Scored numbers(std::mt19937& random, std::size_t rows, double before, double now) {
  std::normal_distribution<double> noise;
  Scored scored;
  for (std::size_t i = 0; i < rows; ++i) {
    const double target = std::round(4 * noise(random));
    scored.add(false, 0, 0);
    for (AnswerFile* file : {&scored.baseline, &scored.candidate})
      file->table.numbers[1].values.push_back(target);
    scored.baseline.table.numbers[2].values.push_back(target + before * noise(random));
    scored.candidate.table.numbers[2].values.push_back(target + now * noise(random));
  }
  return scored;
}

TEST(RankDifferenceTest, ranks_that_agree_less_are_found) {
  std::mt19937 random(6);
  const Measure measure{Metric::spearman, Average::whole, -1, "", false, false};
  EXPECT_EQ(status_of(compared(numbers(random, 500, 1, 4), measure, 0.05, quick(1000))), Status::fail);
  EXPECT_EQ(status_of(compared(numbers(random, 500, 1, 1), measure, 0.05, quick(1000))), Status::pass);
}

TEST(RankDifferenceTest, one_value_in_all_rows_has_no_ranks) {
  std::mt19937 random(7);
  Scored scored = numbers(random, 100, 1, 1);
  std::fill(scored.candidate.table.numbers[2].values.begin(), scored.candidate.table.numbers[2].values.end(),
            3);
  const Measure measure{Metric::spearman, Average::whole, -1, "", false, false};
  EXPECT_EQ(compared(scored, measure, 0.05, quick(200)).reason, "undefined");
}

TEST(RankDifferenceTest, of_more_rows_the_interval_is_shorter_as_it_should_be) {
  std::mt19937 random(8);
  const Measure measure{Metric::spearman, Average::whole, -1, "", false, false};
  // Beyond 5,000 rows the acceleration is left at 0.
  const Difference few = compared(numbers(random, 4000, 2, 2), measure, 0.05, quick(600)),
                   many = compared(numbers(random, 16'000, 2, 2), measure, 0.05, quick(600));
  EXPECT_NEAR((few.bounds.upper - few.bounds.lower) / (many.bounds.upper - many.bounds.lower), 2, 0.3);
}

}  // namespace
}  // namespace modelgate
