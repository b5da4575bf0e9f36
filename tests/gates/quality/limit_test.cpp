#include "gates/quality/rules/limit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gates/statistics/proportion_interval.h"
#include "tests/gates/quality/rows.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;

std::vector<Record> right_and_wrong(int right, int wrong) { return table(right, 0, 0, wrong).candidate; }

Check limit_of(const std::vector<Record>& rows, const std::string& text) {
  const auto checks = judged_first(rows, demanding({text}));
  return checks.size() == 1 ? checks.front() : Check{};
}

TEST(LimitTest, holds_when_the_lower_bound_reaches_it) {
  const double lower = clopper_pearson(900, 1000, 0.05).lower;
  EXPECT_NEAR(lower, 0.88301, 5e-6);
  const Check held = limit_of(right_and_wrong(900, 100), "accuracy min=0.883");
  EXPECT_EQ(held.status, Status::pass);
  EXPECT_EQ(held.reason, "limit_held");
  EXPECT_THAT(held.sentence,
              HasSubstr("accuracy is 90.00 % (95 % bounds 88.30 % to 91.52 %), proven to reach"));
  EXPECT_LE(held.p_non_inferiority.value(), 0.05);
  const Check open = limit_of(right_and_wrong(900, 100), "accuracy min=0.884");
  EXPECT_EQ(open.status, Status::inconclusive);
  EXPECT_EQ(open.reason, "cannot_tell");
  EXPECT_THAT(open.needs, HasSubstr("more rows, or min=0.883"));
}

TEST(LimitTest, is_missed_only_when_the_upper_bound_lies_below) {
  EXPECT_EQ(limit_of(right_and_wrong(900, 100), "accuracy min=0.915").status, Status::inconclusive);
  const Check missed = limit_of(right_and_wrong(900, 100), "accuracy min=0.916");
  EXPECT_EQ(missed.status, Status::fail);
  EXPECT_EQ(missed.reason, "limit_missed");
  EXPECT_LE(missed.p_regression.value(), 0.05);
}

TEST(LimitTest, no_error_among_few_rows_does_not_prove_much) {
  EXPECT_EQ(limit_of(right_and_wrong(58, 0), "accuracy min=0.95").status, Status::inconclusive);
  EXPECT_EQ(limit_of(right_and_wrong(59, 0), "accuracy min=0.95").status, Status::pass);  // 0.95^59 < 5 %
  for (const char* metric :
       {"f1(macro)", "f1(x)", "precision(macro)", "precision(x)", "recall(x)", "recall(macro)"}) {
    EXPECT_EQ(limit_of(right_and_wrong(60, 0), metric + std::string(" min=0.99")).status,
              Status::inconclusive)
        << metric;
    EXPECT_EQ(limit_of(right_and_wrong(3000, 0), metric + std::string(" min=0.95")).status, Status::pass)
        << metric;
  }
}

TEST(LimitTest, resampled_metrics_hold_and_miss) {
  for (const char* metric : {"f1(macro)", "f1(x)", "precision(macro)", "recall(macro)", "precision(x)"}) {
    EXPECT_EQ(limit_of(right_and_wrong(900, 100), metric + std::string(" min=0.87")).status, Status::pass)
        << metric;
    EXPECT_EQ(limit_of(right_and_wrong(900, 100), metric + std::string(" min=0.93")).status, Status::fail)
        << metric;
    EXPECT_EQ(limit_of(right_and_wrong(900, 100), metric + std::string(" min=0.9")).status,
              Status::inconclusive)
        << metric;
  }
}

TEST(LimitTest, precision_is_over_the_rows_predicted_so) {
  Files files;
  files.add("a", "a", "a", 90);
  files.add("b", "b", "a", 10);
  files.add("b", "b", "b", 500);
  const Check check = limit_of(files.candidate, "precision(a) min=0.8");
  EXPECT_EQ(check.status, Status::pass);
  EXPECT_DOUBLE_EQ(check.candidate.value(), 0.9);
  EXPECT_THAT(check.sentence, HasSubstr("83.63 %"));  // Clopper–Pearson of 90 among 100
}

TEST(LimitTest, slices_are_judged_apart) {
  Files files = table(100, 0, 0, 0);
  files.slice(0, "lang", "en");
  files.add("x", "y", "y", 60);
  files.add("y", "y", "y", 40);
  files.slice(100, "lang", "zh");
  const auto checks = judged_first(files.candidate, demanding({"accuracy min=0.9 by=lang"}));
  ASSERT_EQ(checks.size(), 2u);
  EXPECT_EQ(checks[0].status, Status::pass);
  EXPECT_EQ(checks[1].status, Status::fail);
  EXPECT_EQ(checks[1].slice.at("lang"), "zh");
}

TEST(LimitTest, clusters_widen_the_bounds) {
  std::vector<Record> rows = right_and_wrong(900, 100);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].cluster = std::to_string(i / 20);
  EXPECT_EQ(limit_of(right_and_wrong(900, 100), "accuracy min=0.88").status, Status::pass);
  EXPECT_EQ(limit_of(rows, "accuracy min=0.88").status, Status::inconclusive);
  EXPECT_EQ(limit_of(rows, "f1(macro) min=0.88").status, Status::inconclusive);
  EXPECT_EQ(limit_of(rows, "accuracy min=0.8").status, Status::pass);
}

}  // namespace
}  // namespace modelgate
