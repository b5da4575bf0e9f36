#include "gates/statistics/delong.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "gates/statistics/random.h"

namespace modelgate {
namespace {

// By hand: the pairs (positive, negative) won are 3 of 4 and 2 of 4.
TEST(DelongTest, counts_the_pairs_that_are_ordered_rightly) {
  const AucComparison auc =
      delong(std::vector{0.9, 0.4, 0.5, 0.1}, std::vector{0.9, 0.3, 0.5, 0.4}, {true, true, false, false});
  EXPECT_EQ(auc.first, 0.75);
  EXPECT_EQ(auc.second, 0.5);
  // V10 = {1, ½} and {1, 0}; V01 = {½, 1} and {½, ½}. Their differences: {0, ½} and {0, ½}.
  EXPECT_DOUBLE_EQ(auc.variance, 0.125 / 2 + 0.125 / 2);
  EXPECT_FALSE(auc.degenerate());
}

TEST(DelongTest, mirrors_when_the_models_are_exchanged) {
  const std::vector<double> x{0.9, 0.4, 0.5, 0.1, 0.7, 0.2}, y{0.8, 0.3, 0.5, 0.4, 0.2, 0.9};
  const std::vector<bool> positive{true, true, false, false, true, false};
  const AucComparison a = delong(x, y, positive), b = delong(y, x, positive);
  EXPECT_EQ(a.bounds(0.05).lower, -b.bounds(0.05).upper);
  EXPECT_EQ(a.p_greater(0.01), b.p_less(-0.01));
}

TEST(DelongTest, depends_on_the_order_of_scores_alone) {
  const std::vector<double> x{0.9, 0.4, 0.5, 0.1}, scaled{81, 16, 25, 1};
  const AucComparison auc = delong(x, scaled, {true, false, true, false});
  EXPECT_EQ(auc.difference(), 0);
}

TEST(DelongTest, gives_the_same_bits_for_any_order_and_number_of_threads) {
  constexpr std::size_t size = 120'000;
  RandomStream random(31, 0);
  std::vector<double> x, y;
  std::vector<bool> positive;
  for (std::size_t i = 0; i < size; ++i) {
    positive.push_back(random.unit() < 0.3);
    x.push_back(std::round(random.unit() * 1'000) + 200 * positive.back());
    y.push_back(random.unit() + 0.3 * positive.back());
  }
  const AucComparison one = delong(x, y, positive, 1);
  std::reverse(x.begin(), x.end());
  std::reverse(y.begin(), y.end());
  std::reverse(positive.begin(), positive.end());
  const AucComparison two = delong(x, y, positive, 2);
  EXPECT_EQ(one.first, two.first);
  EXPECT_EQ(one.first_variance, two.first_variance);
  EXPECT_EQ(one.second_variance, two.second_variance);
  EXPECT_EQ(one.variance, two.variance);
  EXPECT_EQ(delong(y, y, positive).variance, 0);
}

TEST(DelongTest, says_so_when_the_variance_vanishes_and_proves_nothing_by_it) {
  const std::vector<double> x{0.9, 0.4, 0.5, 0.1}, perfect{0.9, 0.8, 0.2, 0.1}, other{0.8, 0.9, 0.1, 0.3};
  const AucComparison same = delong(x, x, {true, true, false, false});
  EXPECT_TRUE(same.degenerate());
  EXPECT_EQ(same.p_greater(-1), 1);
  EXPECT_EQ(same.p_less(1), 1);
  EXPECT_TRUE(delong(perfect, other, {true, true, false, false}).degenerate());
}

TEST(DelongTest, refuses_one_class_few_examples_and_nan) {
  const std::vector<double> x{0.9, 0.4, 0.5, 0.1},
      nan{0.9, 0.4, std::numeric_limits<double>::quiet_NaN(), 0.1};
  EXPECT_THROW(delong(x, x, {true, true, true, true}), std::invalid_argument);
  EXPECT_THROW(delong(x, x, {true, true, true, false}), std::invalid_argument);
  EXPECT_THROW(delong(x, x, {true, true, false}), std::invalid_argument);
  EXPECT_THROW(delong(x, nan, {true, true, false, false}), std::invalid_argument);
}

TEST(DelongTest, counts_the_examples_that_stand_elsewhere_among_the_other_class) {
  const std::vector<bool> positive = {true, true, true, false, false, false};
  const std::vector<double> one = {6, 5, 3, 4, 2, 1}, same_ranks = {60, 50, 30, 40, 20, 10},
                            other = {5, 6, 2, 4, 3, 1};
  const AucComparison equal = delong(one, same_ranks, positive);
  EXPECT_EQ(equal.positives_moved, 0);
  EXPECT_EQ(equal.negatives_moved, 0);
  // Of the positives the third falls below a negative; that two positives change places moves neither.
  const AucComparison moved = delong(one, other, positive);
  EXPECT_EQ(moved.positives_moved, 1);
  EXPECT_EQ(moved.negatives_moved, 1);
}

}  // namespace
}  // namespace modelgate
