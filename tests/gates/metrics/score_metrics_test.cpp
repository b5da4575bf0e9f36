#include "gates/metrics/score_metrics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "gates/metrics/score_curves.h"
#include "scored_rows.h"

namespace modelgate {
namespace {

ScoreOrder order_of(const ScoredRows& rows, int threads = 1) {
  return {rows.first, rows.positive, {}, threads};
}

/// Straight from the definition, in O(n²).
double area_by_pairs(const ScoredRows& rows) {
  double won = 0, pairs = 0;
  for (std::size_t p = 0; p < rows.positive.size(); ++p)
    for (std::size_t n = 0; n < rows.positive.size(); ++n) {
      if (!rows.positive[p] || rows.positive[n]) continue;
      ++pairs;
      won += rows.first[p] > rows.first[n] ? 1 : rows.first[p] == rows.first[n] ? 0.5 : 0;
    }
  return won / pairs;
}

TEST(ScoreMetricsTest, area_is_the_share_of_pairs_in_order) {
  for (const int digits : {0, 1, 9}) {
    const ScoredRows rows = scored_rows(300, 0.3, digits, 1);
    EXPECT_DOUBLE_EQ(score_metric(order_of(rows), {ScoreMetric::roc_auc}), area_by_pairs(rows));
  }
}

TEST(ScoreMetricsTest, the_order_of_rows_and_the_number_of_threads_change_no_bit) {
  for (const int digits : {1, 9}) {
    const ScoredRows rows = scored_rows(120'000, 0.2, digits, 2);
    const ScoredRows shuffled = rows.in_order(shuffled_order(rows.positive.size(), 5));
    const ScoreOrder order = order_of(rows), again = order_of(shuffled, 2);
    for (const ScoreMeasure& measure : all_score_measures)
      EXPECT_EQ(score_metric(order, measure), score_metric(again, measure));
  }
}

TEST(ScoreMetricsTest, counts_of_a_row_are_rows_that_are_repeated) {
  for (const int digits : {0, 1, 9}) {
    for (const double share : {0.02, 0.5, 0.97}) {
      const ScoredRows rows = scored_rows(400, share, digits, 3);
      const ScoreOrder order = order_of(rows);
      DrawnScores drawn(order);
      RandomStream random(4, 0);
      for (int draw = 0; draw < 3; ++draw) {
        std::vector<std::uint32_t> times;
        std::vector<std::size_t> repeated;
        for (std::size_t i = 0; i < rows.positive.size(); ++i) {
          times.push_back(random.below(4));
          repeated.insert(repeated.end(), times.back(), i);
        }
        drawn.draw(times);
        const ScoreOrder of_repeated = order_of(rows.in_order(repeated));
        for (const ScoreMeasure& measure : all_score_measures) {
          const double expected = score_metric(of_repeated, measure), value = drawn.value(measure);
          // The sum of average precision has other strands where rows are missing.
          if (std::isnan(expected))
            EXPECT_TRUE(std::isnan(value));
          else
            EXPECT_NEAR(value, expected, 1e-14);
        }
      }
      drawn.draw(std::vector<std::uint32_t>(rows.positive.size(), 1));
      for (const ScoreMeasure& measure : all_score_measures)
        EXPECT_EQ(drawn.value(measure), score_metric(order, measure));
    }
  }
}

TEST(ScoreMetricsTest, rows_of_a_unit_are_drawn_together) {
  const ScoredRows rows = scored_rows(90, 0.4, 1, 6);
  std::vector<std::uint32_t> units, by_row;
  const std::vector<std::uint32_t> times{2, 0, 1};
  for (std::uint32_t i = 0; i < 90; ++i) {
    units.push_back(i % 3);
    by_row.push_back(times[i % 3]);
  }
  const ScoreOrder by_unit(rows.first, rows.positive, units), order = order_of(rows);
  EXPECT_EQ(by_unit.units(), 3u);
  DrawnScores of_units(by_unit), of_rows(order);
  of_units.draw(times);
  of_rows.draw(by_row);
  for (const ScoreMeasure& measure : all_score_measures)
    EXPECT_EQ(of_units.value(measure), of_rows.value(measure));
}

TEST(ScoreMetricsTest, without_each_row_is_what_the_other_rows_give) {
  for (const int digits : {0, 1, 9}) {
    for (const double share : {0.05, 0.5, 0.95}) {
      const ScoredRows rows = scored_rows(60, share, digits, 7);
      const ScoreOrder order = order_of(rows);
      DrawnScores drawn(order);
      std::vector<std::uint32_t> times(rows.positive.size(), 1);
      for (const ScoreMeasure& measure : all_score_measures) {
        const WithoutEach without = without_each(order, measure);
        const auto check = [&](std::span<const std::uint32_t> units, const std::vector<double>& values) {
          ASSERT_EQ(values.size(), units.size());
          for (std::size_t k = 0; k < units.size(); ++k) {
            times[units[k]] = 0;
            drawn.draw(times);
            times[units[k]] = 1;
            const double expected = drawn.value(measure);
            if (std::isnan(expected))
              EXPECT_TRUE(std::isnan(values[k]));
            else
              EXPECT_NEAR(values[k], expected, 1e-13) << static_cast<int>(measure.metric) << " " << k;
          }
        };
        check(order.positive_units(), without.positives);
        check(order.negative_units(), without.negatives);
      }
    }
  }
}

TEST(ScoreMetricsTest, says_where_it_is_not_defined) {
  const std::vector<double> scores{1, 2, 3};
  const ScoreOrder none(scores, std::vector<std::uint8_t>{0, 0, 0}),
      all(scores, std::vector<std::uint8_t>{1, 1, 1}),
      empty(std::vector<double>{}, std::vector<std::uint8_t>{});
  for (const ScoreMeasure& measure : all_score_measures) {
    EXPECT_TRUE(std::isnan(score_metric(none, measure)));
    EXPECT_TRUE(std::isnan(score_metric(empty, measure)));
    EXPECT_TRUE(std::isnan(without_each(none, measure).negatives.at(2)));
  }
  EXPECT_TRUE(std::isnan(score_metric(all, {ScoreMetric::roc_auc})));
  EXPECT_TRUE(std::isnan(score_metric(all, {ScoreMetric::fpr_at_tpr, 0.5})));
  EXPECT_EQ(score_metric(all, {ScoreMetric::average_precision}), 1);
  EXPECT_EQ(score_metric(all, {ScoreMetric::recall_at_precision, 1}), 1);
  DrawnScores drawn(all);
  drawn.draw(std::vector<std::uint32_t>{0, 0, 0});
  EXPECT_TRUE(std::isnan(drawn.value({ScoreMetric::average_precision})));
  EXPECT_TRUE(roc_curve(all).empty());
  EXPECT_TRUE(precision_recall_curve(none).empty());
  const ScoreOrder wrong(scores, std::vector<std::uint8_t>{1, 0, 0});
  EXPECT_EQ(score_metric(wrong, {ScoreMetric::recall_at_precision, 0.9}), 0);
}

TEST(ScoreMetricsTest, refuses_what_cannot_be_ordered_or_asked) {
  const std::vector<double> scores{1, std::numeric_limits<double>::quiet_NaN()}, fine{1, 2};
  const std::vector<std::uint8_t> labels{1, 0}, one{1};
  EXPECT_THROW(ScoreOrder(scores, labels), std::invalid_argument);
  EXPECT_THROW(ScoreOrder(fine, one), std::invalid_argument);
  EXPECT_THROW(ScoreOrder(fine, labels, std::vector<std::uint32_t>{0}), std::invalid_argument);
  const ScoreOrder order(fine, labels);
  for (const double level : {0.0, -1.0, 1.01, std::nan("")}) {
    EXPECT_THROW(score_metric(order, {ScoreMetric::fpr_at_tpr, level}), std::invalid_argument);
    EXPECT_THROW(without_each(order, {ScoreMetric::recall_at_precision, level}), std::invalid_argument);
  }
  DrawnScores drawn(order);
  EXPECT_THROW(drawn.draw(std::vector<std::uint32_t>{1}), std::invalid_argument);
  const std::uint32_t most = std::numeric_limits<std::uint32_t>::max();
  EXPECT_THROW(drawn.draw(std::vector<std::uint32_t>{most, most}), std::invalid_argument);
  EXPECT_THROW(roc_curve(order, 2), std::invalid_argument);
}

double area_under(const std::vector<RocPoint>& curve) {
  double area = 0;
  for (std::size_t i = 1; i < curve.size(); ++i)
    area += (curve[i].false_positive_rate - curve[i - 1].false_positive_rate) *
            (curve[i].true_positive_rate + curve[i - 1].true_positive_rate) / 2;
  return area;
}

TEST(ScoreCurvesTest, the_area_under_the_curve_is_the_area) {
  const ScoredRows rows = scored_rows(20'000, 0.3, 9, 8);
  const ScoreOrder order = order_of(rows);
  const double area = score_metric(order, {ScoreMetric::roc_auc});
  EXPECT_NEAR(area_under(roc_curve(order, 100'000)), area, 1e-12);
  for (const std::size_t most : {3u, 10u, 100u, 1'000u}) {
    const std::vector<RocPoint> few = roc_curve(order, most);
    EXPECT_LE(few.size(), most);
    EXPECT_GE(few.size(), most / 2);
    EXPECT_NEAR(area_under(few), area, 2.0 / static_cast<double>(most));
    EXPECT_EQ(few.front().false_positive_rate + few.front().true_positive_rate, 0);
    EXPECT_EQ(few.back().false_positive_rate + few.back().true_positive_rate, 2);
    const auto points = precision_recall_curve(order, most);
    EXPECT_LE(points.size(), most);
    EXPECT_GE(points.size(), most / 2);
    EXPECT_EQ(points.back().recall, 1);
    EXPECT_TRUE(std::is_sorted(points.begin(), points.end(),
                               [](const auto& a, const auto& b) { return a.recall < b.recall; }));
  }
}

}  // namespace
}  // namespace modelgate
