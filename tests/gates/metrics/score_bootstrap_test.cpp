#include "gates/metrics/score_bootstrap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "gates/statistics/bootstrap.h"
#include "gates/statistics/delong.h"
#include "scored_rows.h"

namespace modelgate {
namespace {

PairedScores scores_of(const ScoredRows& rows) { return {rows.first, rows.second, rows.positive}; }

double spread(const std::vector<double>& values) {
  const double n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / n);
}

/// The same by bootstrap.h, which knows nothing of orders: rows are repeated and sorted for each resample.
Bootstrap plainly(const ScoredRows& rows, const ScoreMeasure& measure, const BootstrapSettings& settings) {
  const Statistic statistic = [&](std::span<const std::int64_t> counts) {
    std::vector<std::size_t> drawn;
    for (std::size_t i = 0; i < counts.size(); ++i)
      drawn.insert(drawn.end(), static_cast<std::size_t>(counts[i]), i);
    const ScoredRows resample = rows.in_order(drawn);
    return score_metric({resample.first, resample.positive}, measure) -
           score_metric({resample.second, resample.positive}, measure);
  };
  return bootstrap(std::vector<std::int64_t>(rows.positive.size(), 1), statistic, settings);
}

TEST(ScoreBootstrapTest, agrees_with_the_plain_bootstrap_within_its_own_error) {
  const ScoredRows rows = scored_rows(300, 0.4, 2, 11);
  for (const ScoreMeasure& measure : all_score_measures) {
    if (measure.level == 1) continue;  // one row decides it, and no bootstrap
    const Bootstrap fast = paired_score_bootstrap(scores_of(rows), measure, {.resamples = 4'000, .seed = 1});
    const Bootstrap plain = plainly(rows, measure, {.resamples = 4'000, .seed = 2});
    EXPECT_NEAR(fast.estimate, plain.estimate, 1e-14);
    EXPECT_NEAR(fast.acceleration, plain.acceleration, 1e-6 + 1e-6 * std::abs(plain.acceleration));
    const double error = spread(plain.replicates);
    // The spread of 4,000 replicates is known to 1.1 %, their 5 % points to 3.3 % of it; here are two of
    // each.
    EXPECT_NEAR(spread(fast.replicates) / error, 1, 0.05);
    EXPECT_NEAR(fast.bounds(0.05).lower, plain.bounds(0.05).lower, 0.2 * error);
    EXPECT_NEAR(fast.bounds(0.05).upper, plain.bounds(0.05).upper, 0.2 * error);
    EXPECT_NEAR(fast.bias_correction, plain.bias_correction, 0.12);
  }
}

TEST(ScoreBootstrapTest, of_the_area_agrees_with_delong) {
  const ScoredRows rows = scored_rows(800, 0.4, 9, 12);
  std::vector<bool> positive(rows.positive.begin(), rows.positive.end());
  const AucComparison areas = delong(rows.first, rows.second, positive);
  const Bootstrap result = paired_score_bootstrap(scores_of(rows), {ScoreMetric::roc_auc});
  EXPECT_NEAR(result.estimate, areas.difference(), 1e-14);
  EXPECT_NEAR(spread(result.replicates) / areas.standard_error(), 1, 0.04);
}

TEST(ScoreBootstrapTest, neither_the_order_of_rows_nor_threads_change_a_bit) {
  for (const int digits : {0, 1, 9}) {
    const ScoredRows rows = scored_rows(500, 0.3, digits, 13);
    const ScoredRows shuffled = rows.in_order(shuffled_order(500, 14));
    for (const ScoreMeasure& measure : all_score_measures) {
      const Bootstrap a = paired_score_bootstrap(scores_of(rows), measure, {.resamples = 300, .threads = 1});
      const Bootstrap b =
          paired_score_bootstrap(scores_of(shuffled), measure, {.resamples = 300, .threads = 3});
      EXPECT_EQ(a.estimate, b.estimate);
      EXPECT_EQ(a.replicates, b.replicates);
      EXPECT_EQ(a.acceleration, b.acceleration);
    }
    const Bootstrap a = score_bootstrap(rows.first, rows.positive, {}, {.resamples = 300, .threads = 1});
    const Bootstrap b =
        score_bootstrap(shuffled.first, shuffled.positive, {}, {.resamples = 300, .threads = 2});
    EXPECT_EQ(a.replicates, b.replicates);
    EXPECT_EQ(a.acceleration, b.acceleration);
  }
}

TEST(ScoreBootstrapTest, exchanging_the_models_mirrors_every_replicate) {
  for (const int digits : {1, 9}) {
    const ScoredRows rows = scored_rows(300, 0.3, digits, 15);
    for (const ScoreMeasure& measure : all_score_measures) {
      const Bootstrap a =
          paired_score_bootstrap({rows.first, rows.second, rows.positive}, measure, {.resamples = 500});
      Bootstrap b =
          paired_score_bootstrap({rows.second, rows.first, rows.positive}, measure, {.resamples = 500});
      EXPECT_EQ(a.estimate, -b.estimate);
      EXPECT_EQ(a.acceleration, -b.acceleration);
      std::reverse(b.replicates.begin(), b.replicates.end());
      for (double& value : b.replicates) value = -value;
      EXPECT_EQ(a.replicates, b.replicates);
    }
  }
}

TEST(ScoreBootstrapTest, draws_clusters_whole) {
  const ScoredRows rows = scored_rows(400, 0.4, 9, 16);
  // Rows that are four times in the data, as a cluster, say no more than once.
  ScoredRows repeated;
  std::vector<std::int64_t> cluster;
  for (std::size_t i = 0; i < 400; ++i)
    for (int k = 0; k < 4; ++k) {
      repeated.first.push_back(rows.first[i]);
      repeated.second.push_back(rows.second[i]);
      repeated.positive.push_back(rows.positive[i]);
      cluster.push_back(1'000 - static_cast<std::int64_t>(i));
    }
  PairedScores clustered = scores_of(repeated);
  clustered.cluster = cluster;
  const Bootstrap once = paired_score_bootstrap(scores_of(rows), {}, {.resamples = 4'000});
  const Bootstrap four = paired_score_bootstrap(clustered, {}, {.resamples = 4'000});
  EXPECT_NEAR(four.estimate, once.estimate, 1e-14);
  EXPECT_NEAR(spread(four.replicates) / spread(once.replicates), 1, 0.05);
  EXPECT_NEAR(four.acceleration, once.acceleration, 0.003);

  const std::vector<std::size_t> order = shuffled_order(1'600, 3);
  const ScoredRows shuffled = repeated.in_order(order);
  std::vector<std::int64_t> shuffled_cluster;
  for (const std::size_t i : order) shuffled_cluster.push_back(cluster[i]);
  PairedScores again = scores_of(shuffled);
  again.cluster = shuffled_cluster;
  const Bootstrap same = paired_score_bootstrap(again, {}, {.resamples = 4'000, .threads = 2});
  EXPECT_EQ(same.replicates, four.replicates);
  EXPECT_EQ(same.acceleration, four.acceleration);
}

TEST(ScoreBootstrapTest, of_equal_models_is_degenerate_and_proves_nothing) {
  const ScoredRows rows = scored_rows(100, 0.4, 9, 17);
  const Bootstrap same =
      paired_score_bootstrap({rows.first, rows.first, rows.positive}, {}, {.resamples = 200});
  EXPECT_EQ(same.estimate, 0);
  EXPECT_TRUE(same.degenerate());
  EXPECT_EQ(same.p_greater(-1), 1);
}

TEST(ScoreBootstrapTest, counts_resamples_without_a_positive) {
  std::vector<double> scores;
  std::vector<std::uint8_t> positive(30);
  for (int i = 0; i < 30; ++i) scores.push_back(i * 7 % 30);
  positive[4] = 1;
  const Bootstrap rare = score_bootstrap(scores, positive, {}, {.resamples = 2'000});
  EXPECT_NEAR(static_cast<double>(rare.undefined) / 2'000, std::pow(29 / 30.0, 30), 0.04);
  EXPECT_TRUE(rare.degenerate());
}

TEST(ScoreBootstrapTest, refuses_what_cannot_be_resampled) {
  const std::vector<double> two{1, 2}, one{1}, nan{1, std::nan("")};
  const std::vector<std::uint8_t> labels{1, 0}, single{1};
  const std::vector<std::int64_t> together{7, 7}, short_one{1};
  EXPECT_THROW(paired_score_bootstrap({two, one, labels}, {}), std::invalid_argument);
  EXPECT_THROW(paired_score_bootstrap({one, one, single}, {}), std::invalid_argument);
  EXPECT_THROW(paired_score_bootstrap({two, nan, labels}, {}), std::invalid_argument);
  EXPECT_THROW(paired_score_bootstrap({two, two, labels, together}, {}), std::invalid_argument);
  EXPECT_THROW(paired_score_bootstrap({two, two, labels, short_one}, {}), std::invalid_argument);
  EXPECT_THROW(paired_score_bootstrap({two, two, labels}, {ScoreMetric::fpr_at_tpr, 2}),
               std::invalid_argument);
  EXPECT_THROW(paired_score_bootstrap({two, two, labels}, {}, {.resamples = 10}), std::invalid_argument);
  EXPECT_THROW(score_bootstrap(two, labels, {}, {.threads = -1}), std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
