#include "gates/metrics/classification.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "gates/statistics/random.h"

namespace modelgate {
namespace {

struct Answers {
  std::vector<std::size_t> labels, predictions;
};

Answers answers(std::size_t rows, std::uint32_t classes, std::uint64_t seed) {
  RandomStream random(seed, rows);
  Answers result;
  for (std::size_t i = 0; i < rows; ++i) {
    // Low classes are frequent.
    const std::size_t label = random.below(1 + random.below(classes));
    result.labels.push_back(label);
    result.predictions.push_back(random.unit() < 0.7 ? label : random.below(classes));
  }
  return result;
}

ConfusionMatrix matrix_of(const Answers& rows, std::size_t classes, std::int64_t times = 1) {
  ConfusionMatrix matrix(classes);
  for (std::size_t i = 0; i < rows.labels.size(); ++i) matrix.add(rows.labels[i], rows.predictions[i], times);
  return matrix;
}

std::vector<double> all_metrics(const ClassTotals& totals) {
  std::vector<double> values{accuracy(totals), balanced_accuracy(totals), matthews_correlation(totals),
                             cohen_kappa(totals)};
  for (const auto average :
       {ClassAverage::macro, ClassAverage::macro_seen, ClassAverage::micro, ClassAverage::weighted}) {
    values.push_back(precision(totals, average));
    values.push_back(recall(totals, average));
    values.push_back(f1(totals, average));
  }
  return values;
}

// Labels a a a b, answers a a b b: right 2 and 1 of 3 and 1 labels, 2 and 2 predictions.
TEST(ClassificationTest, is_right_by_hand) {
  ConfusionMatrix matrix(2);
  matrix.add(0, 0, 2);
  matrix.add(0, 1);
  matrix.add(1, 1);
  const ClassTotals totals = matrix.totals();
  EXPECT_EQ(accuracy(totals), 0.75);
  EXPECT_DOUBLE_EQ(balanced_accuracy(totals), (2 / 3.0 + 1) / 2);
  EXPECT_DOUBLE_EQ(f1_of(totals, 0), 0.8);
  EXPECT_DOUBLE_EQ(precision_of(totals, 1), 0.5);
  // (3·4 − (3·2 + 1·2)) / √((16 − 8)(16 − 10)), and over 16 − 8.
  EXPECT_DOUBLE_EQ(matthews_correlation(totals), 4 / std::sqrt(48));
  EXPECT_DOUBLE_EQ(cohen_kappa(totals), 0.5);
  EXPECT_EQ(matrix.count(0, 1), 1);
  EXPECT_EQ(matrix.count(1, 0), 0);
}

TEST(ClassificationTest, numbering_the_classes_otherwise_changes_no_bit) {
  const std::uint32_t classes = 40;
  const Answers rows = answers(2'000, classes, 3);
  const std::vector<double> expected = all_metrics(matrix_of(rows, classes).totals());
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    std::vector<std::size_t> number(classes);
    std::iota(number.begin(), number.end(), std::size_t{0});
    RandomStream random(seed, 9);
    for (std::uint32_t i = classes; i > 1; --i) std::swap(number[i - 1], number[random.below(i)]);
    Answers renumbered;
    for (std::size_t i = 0; i < rows.labels.size(); ++i) {
      renumbered.labels.push_back(number[rows.labels[i]]);
      renumbered.predictions.push_back(number[rows.predictions[i]]);
    }
    EXPECT_EQ(all_metrics(matrix_of(renumbered, classes).totals()), expected);
  }
}

TEST(ClassificationTest, parts_merge_into_the_whole_and_repeated_rows_change_nothing) {
  const Answers rows = answers(501, 7, 4);
  ConfusionMatrix merged(7);
  for (std::size_t part = 0; part < 3; ++part) {
    ConfusionMatrix some(7);
    for (std::size_t i = part; i < rows.labels.size(); i += 3) some.add(rows.labels[i], rows.predictions[i]);
    merged.merge(some);
  }
  const auto whole = matrix_of(rows, 7), repeated = matrix_of(rows, 7, 5);
  EXPECT_EQ(all_metrics(merged.totals()), all_metrics(whole.totals()));
  const auto once = all_metrics(whole.totals()), five = all_metrics(repeated.totals());
  for (std::size_t i = 0; i < once.size(); ++i) EXPECT_DOUBLE_EQ(five[i], once[i]) << i;
}

TEST(ClassificationTest, labels_and_predictions_exchanged_exchange_precision_and_recall) {
  const Answers rows = answers(300, 5, 5);
  const auto plain = matrix_of(rows, 5), turned = matrix_of({rows.predictions, rows.labels}, 5);
  const ClassTotals a = plain.totals(), b = turned.totals();
  EXPECT_EQ(matthews_correlation(a), matthews_correlation(b));
  EXPECT_EQ(cohen_kappa(a), cohen_kappa(b));
  for (std::size_t c = 0; c < 5; ++c) EXPECT_EQ(precision_of(a, c), recall_of(b, c));
  EXPECT_EQ(f1(a, ClassAverage::macro_seen), f1(b, ClassAverage::macro_seen));
}

TEST(ClassificationTest, stays_exact_at_the_largest_number_of_rows) {
  ConfusionMatrix matrix(2);
  matrix.add(0, 0, 1'500'000'000);
  matrix.add(1, 1, 1'499'999'999);
  matrix.add(1, 0, 1);
  EXPECT_NEAR(1 - matthews_correlation(matrix.totals()), 1 / 1.5e9, 1e-15);
  EXPECT_LT(cohen_kappa(matrix.totals()), 1);
  matrix.add(0, 0, 1);
  EXPECT_THROW(accuracy(matrix.totals()), std::invalid_argument);
}

TEST(ClassificationTest, says_where_it_is_not_defined) {
  const ConfusionMatrix empty(3);
  for (const double value : all_metrics(empty.totals())) EXPECT_TRUE(std::isnan(value));
  ConfusionMatrix one(3);
  one.add(1, 1, 10);
  EXPECT_TRUE(std::isnan(cohen_kappa(one.totals())));
  EXPECT_EQ(matthews_correlation(one.totals()), 0);
  EXPECT_EQ(f1(one.totals(), ClassAverage::macro), 1);
  EXPECT_EQ(precision_of(one.totals(), 0), 0);
  EXPECT_TRUE(std::isnan(precision_of(one.totals(), 0, std::nan(""))));
}

TEST(ClassificationTest, refuses_counts_that_do_not_belong_together) {
  const std::vector<std::int64_t> two{2, 2}, three{3, 2}, one{1, 1}, minus{-1, 5}, single{4};
  EXPECT_THROW(accuracy({two, three, one}), std::invalid_argument);
  EXPECT_THROW(accuracy({one, one, two}), std::invalid_argument);
  EXPECT_THROW(accuracy({minus, two, one}), std::invalid_argument);
  EXPECT_THROW(accuracy({two, single, one}), std::invalid_argument);
  EXPECT_THROW(f1_of({two, two, one}, 2), std::invalid_argument);
  ConfusionMatrix matrix(2);
  EXPECT_THROW(matrix.add(2, 0), std::invalid_argument);
  EXPECT_THROW(matrix.add(0, 0, -1), std::invalid_argument);
  EXPECT_THROW(matrix.merge(ConfusionMatrix(3)), std::invalid_argument);
  EXPECT_THROW(ConfusionMatrix(100'000), std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
