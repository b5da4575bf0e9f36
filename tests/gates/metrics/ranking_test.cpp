#include "gates/metrics/ranking.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

namespace modelgate {
namespace {

const std::vector<double> ranked{0, 3, 0, 1};

// Gains 3/log2(3) and 1/log2(5); at best 3 and 1/log2(3).
TEST(RankingTest, is_right_by_hand) {
  const double best = 3 + 1 / std::log2(3);
  EXPECT_DOUBLE_EQ(ndcg(ranked, 10), (3 / std::log2(3) + 1 / std::log2(5)) / best);
  EXPECT_DOUBLE_EQ(ndcg(ranked, 2), 3 / std::log2(3) / best);
  EXPECT_DOUBLE_EQ(dcg(ranked, 4, Gain::exponential), 7 / std::log2(3) + 1 / std::log2(5));
  EXPECT_EQ(reciprocal_rank(ranked, 10), 0.5);
  EXPECT_EQ(reciprocal_rank(ranked, 1), 0);
  EXPECT_EQ(recall_at(ranked, 2, 2), 0.5);
  EXPECT_EQ(recall_at(ranked, 9, 4), 0.5);
}

TEST(RankingTest, the_best_order_has_one_and_no_other_more) {
  EXPECT_EQ(ndcg(std::vector{3.0, 1.0, 0.0, 0.0}, 3), 1);
  EXPECT_LT(ndcg(std::vector{1.0, 3.0, 0.0, 0.0}, 3), 1);
  EXPECT_LT(ndcg(std::vector{1.0, 3.0}, 2, Gain::exponential), ndcg(std::vector{1.0, 3.0}, 2));
}

TEST(RankingTest, what_was_not_found_counts_against_the_model) {
  const std::vector<double> judged{3, 1, 3};
  EXPECT_LT(ndcg(ranked, judged, 4), ndcg(ranked, 4));
  EXPECT_EQ(ndcg({}, judged, 4), 0);
}

TEST(RankingTest, says_what_a_query_without_relevant_documents_gives) {
  const std::vector<double> none{0, 0};
  EXPECT_EQ(ndcg(none, 5), 0);
  EXPECT_EQ(reciprocal_rank(none, 5), 0);
  EXPECT_TRUE(std::isnan(recall_at(none, 5, 0)));
  EXPECT_EQ(reciprocal_rank({}, 5), 0);
}

TEST(RankingTest, refuses_impossible_relevances) {
  const std::vector<double> negative{1, -1}, nan{std::nan("")}, high{100};
  EXPECT_THROW(dcg(negative, 3), std::invalid_argument);
  EXPECT_THROW(ndcg(ranked, negative, 3), std::invalid_argument);
  EXPECT_THROW(reciprocal_rank(nan, 3), std::invalid_argument);
  EXPECT_THROW(dcg(high, 3, Gain::exponential), std::invalid_argument);
  EXPECT_THROW(ndcg(ranked, 0), std::invalid_argument);
  EXPECT_THROW(recall_at(ranked, 3, 1), std::invalid_argument);
  EXPECT_THROW(recall_at({}, 3, -1), std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
