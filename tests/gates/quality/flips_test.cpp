// Rows that the baseline answers right and the candidate wrong.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gates/statistics/distributions.h"
#include "gates/statistics/proportion_interval.h"
#include "tests/gates/quality/rows.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

TEST(FlipsTest, a_candidate_that_gains_as_much_as_it_loses_is_still_blocked) {
  const Files files = table(800, 60, 60, 80);
  EXPECT_EQ(judged_one(files, "accuracy margin=3pp").status, Status::pass);
  const Check check = judged_one(files, "negative_flip_rate max=2%");
  EXPECT_EQ(check.status, Status::fail);
  EXPECT_EQ(check.name, "negative_flip_rate max");
  EXPECT_EQ(check.reason, "limit_exceeded");
  EXPECT_EQ(check.direction, Direction::lower_is_better);
  EXPECT_EQ(check.limit, (Limit{Limit::Kind::maximum, 0.02}));
  EXPECT_DOUBLE_EQ(check.candidate.value(), 0.06);
  EXPECT_EQ(check.n.at("lost"), 60);
  EXPECT_THAT(check.details, HasSubstr("now answered"));
}

TEST(FlipsTest, the_bounds_are_exact) {
  const Check check = judged_one(table(950, 8, 0, 42), "negative_flip_rate max=2%");
  EXPECT_EQ(check.status, Status::pass) << check.sentence;
  EXPECT_EQ(check.reason, "limit_held");
  EXPECT_NEAR(check.p_non_inferiority.value(), binomial_at_most(8, 1000, 0.02), 1e-12);
  EXPECT_NEAR(check.p_regression.value(), binomial_at_least(8, 1000, 0.02), 1e-12);
  EXPECT_LE(clopper_pearson(8, 1000, 0.05).upper, 0.02);
  EXPECT_EQ(check.method, "Clopper–Pearson");
  EXPECT_THAT(check.sentence, HasSubstr("negative_flip_rate is 0.80 % (95 % bounds"));
}

TEST(FlipsTest, what_cannot_be_told_says_what_would_decide) {
  const Check check = judged_one(table(950, 15, 15, 20), "negative_flip_rate max=2%");
  EXPECT_EQ(check.status, Status::inconclusive);
  EXPECT_THAT(check.needs, HasSubstr("more rows"));
  EXPECT_THAT(check.needs, HasSubstr("max=2.4%"));
  const Check few = judged_one(table(29, 0, 0, 0), "negative_flip_rate max=2%");
  EXPECT_EQ(few.reason, "too_few_rows");
  EXPECT_EQ(few.limit, (Limit{Limit::Kind::maximum, 0.02}));
}

TEST(FlipsTest, none_at_all_prove_what_their_number_can_prove) {
  EXPECT_EQ(judged_one(table(149, 0, 0, 0), "negative_flip_rate max=2%").status, Status::pass)
      << "0.98^149 is 4.9 %";
  EXPECT_EQ(judged_one(table(148, 0, 0, 0), "negative_flip_rate max=2%").status, Status::inconclusive);
}

TEST(FlipsTest, rows_that_were_wrong_before_are_no_flips) {
  const Check check = judged_one(table(500, 0, 100, 400), "negative_flip_rate max=2%");
  EXPECT_EQ(check.status, Status::pass);
  EXPECT_EQ(check.n.at("lost"), 0);
}

TEST(FlipsTest, slices_have_their_own) {
  Files files = table(400, 0, 0, 0);
  files.slice(0, "lang", "en");
  const Files zh = table(300, 60, 60, 0);
  for (std::size_t i = 0; i < zh.baseline.size(); ++i) {
    files.baseline.push_back(zh.baseline[i]);
    files.candidate.push_back(zh.candidate[i]);
    for (std::vector<Record>* rows : {&files.baseline, &files.candidate}) {
      rows->back().id = "zh" + std::to_string(i);
      rows->back().slices = {{"lang", "zh"}};
    }
  }
  const auto checks = judged(files, demanding({"negative_flip_rate max=3% by=lang"}));
  ASSERT_THAT(checks, SizeIs(2));
  EXPECT_EQ(checks[0].status, Status::pass);
  EXPECT_EQ(checks[1].status, Status::fail);
  EXPECT_EQ(checks[1].slice.at("lang"), "zh");
}

TEST(FlipsTest, clusters_count_as_units) {
  Files files = table(900, 30, 30, 40);
  for (std::vector<Record>* rows : {&files.baseline, &files.candidate})
    for (std::size_t i = 0; i < rows->size(); ++i) (*rows)[i].cluster = std::to_string(i / 10);
  const Check check = judged_one(files, "negative_flip_rate max=2%");
  EXPECT_EQ(check.status, Status::inconclusive) << check.sentence << ": 30 lost rows lie in 3 clusters";
  EXPECT_EQ(check.n.at("clusters"), 100);
  EXPECT_THAT(check.method, HasSubstr("worst case"));
}

TEST(FlipsTest, a_first_release_has_nothing_to_lose) {
  const auto checks = judged_first(table(100, 0, 0, 0).candidate, demanding({"negative_flip_rate max=2%"}));
  ASSERT_THAT(checks, SizeIs(1));
  EXPECT_EQ(checks[0].status, Status::not_compared);
  EXPECT_EQ(checks[0].name, "negative_flip_rate max");
}

}  // namespace
}  // namespace modelgate
