#include "gates/quality/rules/area.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "gates/statistics/delong.h"
#include "gates/statistics/random.h"
#include "schemas/tool/error.h"
#include "tests/gates/quality/rows.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;

/// Scores that separate "1" from "0" by so much, with the same noise in both models but for a share of it.
Files scored(int rows, double baseline, double candidate, double own = 0.3, std::uint64_t seed = 1) {
  RandomStream random(seed, 0);
  const auto noise = [&] { return random.unit() + random.unit() + random.unit() - 1.5; };
  Files files;
  for (int i = 0; i < rows; ++i) {
    const bool positive = i % 3 == 0;
    const double common = noise();
    files.add(positive ? "1" : "0", "1", "1");
    files.baseline.back().score = positive * baseline + common + own * noise();
    files.candidate.back().score = positive * candidate + common + own * noise();
  }
  return files;
}

TEST(AreaTest, blocks_passes_and_cannot_tell) {
  EXPECT_EQ(judged_one(scored(3000, 1, 0.5), "roc_auc margin=1pp").status, Status::fail);
  EXPECT_EQ(judged_one(scored(3000, 1, 1), "roc_auc margin=1pp").status, Status::pass);
  const Check better = judged_one(scored(3000, 0.5, 1), "roc_auc margin=1pp");
  EXPECT_TRUE(better.improved);
  const Check open = judged_one(scored(200, 1, 1), "roc_auc margin=0.5pp");
  EXPECT_EQ(open.status, Status::inconclusive);
  EXPECT_THAT(open.needs, HasSubstr("more rows"));
}

TEST(AreaTest, is_delong) {
  const Files files = scored(300, 1, 0.9);
  std::vector<double> before, now;
  std::vector<bool> positive;
  for (std::size_t i = 0; i < files.baseline.size(); ++i) {
    before.push_back(*files.baseline[i].score);
    now.push_back(*files.candidate[i].score);
    positive.push_back(files.baseline[i].label == "1");
  }
  const AucComparison expected = delong(now, before, positive);
  const Check check = judged_one(files, "roc_auc margin=1pp");
  EXPECT_NEAR(check.candidate.value(), expected.first, 1e-12);
  EXPECT_NEAR(check.effect.value().estimate, 100 * expected.difference(), 1e-9);
  EXPECT_NEAR(check.effect->lower.value(), 100 * expected.bounds(0.05).lower, 1e-9);
  EXPECT_NEAR(check.p_regression.value(), expected.p_less(-0.01), 1e-12);
  EXPECT_EQ(check.method, "DeLong");
  EXPECT_EQ(check.n.at("positives"), 100);
  EXPECT_EQ(check.n.at("negatives"), 200);
}

// Near 1 DeLong's bound is too short below; a pass needs the wider one as well.
TEST(AreaTest, near_one_a_pass_needs_more_than_delong) {
  int differ = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Files files = scored(240, 2.2, 2.0, 0.3, seed);
    const Check check = judged_one(files, "roc_auc margin=1pp");
    ASSERT_TRUE(check.effect) << check.sentence;
    if (check.status == Status::pass) {
      EXPECT_LE(check.p_non_inferiority.value_or(0), 0.05);
    }
    if (check.status == Status::inconclusive && check.effect->lower && *check.effect->lower >= -1) ++differ;
  }
  EXPECT_GT(differ, 0);
}

TEST(AreaTest, scores_by_class_are_taken_before_the_one_score) {
  Files files = scored(300, 1, 1);
  for (std::vector<Record>* rows : {&files.baseline, &files.candidate})
    for (Record& row : *rows) {
      row.scores = {{"0", -*row.score}, {"1", *row.score}};
      row.score = 0.5;
    }
  const Check one = judged_one(files, "roc_auc(1) margin=1pp"),
              zero = judged_one(files, "roc_auc(0) margin=1pp");
  EXPECT_GT(one.candidate.value(), 0.8);
  EXPECT_NEAR(one.candidate.value(), zero.candidate.value(), 1e-12) << "two classes mirror each other";
}

TEST(AreaTest, the_positive_class_must_be_said_or_evident) {
  Files files = scored(300, 1, 1);
  for (std::vector<Record>* rows : {&files.baseline, &files.candidate})
    for (Record& row : *rows) row.label = row.label == "1" ? "spam" : "ham";
  QualityDemands demands = demanding({"roc_auc margin=10pp"});
  EXPECT_THROW(judged(files, demands), Error);
  demands.positive = "spam";
  EXPECT_EQ(judged(files, demands).at(0).status, Status::pass);
  EXPECT_EQ(judged_one(files, "roc_auc(spam) margin=10pp").status, Status::pass);
  const Check wrong = judged_one(files, "roc_auc(ham) margin=10pp");
  EXPECT_THAT(wrong.warnings, ::testing::ElementsAre(HasSubstr("below one half")));
  demands = demanding({"roc_auc(ham) margin=10pp"});
  demands.positive = "spam";
  EXPECT_EQ(judged(files, demands).at(0).reason, "field_missing") << "the score is that of spam";
}

TEST(AreaTest, of_many_classes_the_scores_must_say_whose_they_are) {
  Files files = scored(300, 1, 1);
  for (std::vector<Record>* rows : {&files.baseline, &files.candidate})
    for (std::size_t i = 0; i < rows->size(); i += 7) (*rows)[i].label = "2";
  const auto checks = judged(files, demanding({"roc_auc(1) margin=10pp"}));
  ASSERT_FALSE(checks.empty());
  EXPECT_EQ(checks[0].status, Status::error);
  EXPECT_EQ(checks[0].reason, "field_missing");
  EXPECT_THAT(checks[0].needs, HasSubstr("--positive"));
  QualityDemands demands = demanding({"roc_auc margin=10pp"});
  demands.positive = "1";
  EXPECT_EQ(judged(files, demands).at(0).status, Status::pass);
}

TEST(AreaTest, a_missing_score_names_the_row) {
  Files files = scored(300, 1, 1);
  files.candidate[41].score.reset();
  const Check check = judged_one(files, "roc_auc margin=1pp");
  EXPECT_EQ(check.status, Status::error);
  EXPECT_THAT(check.sentence, HasSubstr("1 row of the candidate has no 'score'"));
  EXPECT_THAT(check.sentence, HasSubstr("the first is new.jsonl:42 (id 41)"));
}

TEST(AreaTest, predictions_are_not_needed) {
  Files files = scored(3000, 1, 1);
  for (std::vector<Record>* rows : {&files.baseline, &files.candidate})
    for (Record& row : *rows) row.prediction.reset();
  EXPECT_EQ(judged_one(files, "roc_auc margin=1pp").status, Status::pass);
}

TEST(AreaTest, twenty_of_each_class_are_the_least) {
  EXPECT_EQ(judged_one(scored(57, 1, 1), "roc_auc margin=50pp").reason, "too_few_positives");
  EXPECT_EQ(judged_one(scored(60, 1, 1), "roc_auc margin=50pp").status, Status::pass);
  Files inverted = scored(57, 1, 1);
  for (std::vector<Record>* rows : {&inverted.baseline, &inverted.candidate})
    for (Record& row : *rows) row.label = row.label == "1" ? "0" : "1";
  EXPECT_EQ(judged_one(inverted, "roc_auc margin=50pp").reason, "too_few_negatives");
}

TEST(AreaTest, the_same_scores_pass_once_the_pairs_can_exclude_the_margin) {
  Files files = scored(897, 1, 1);  // 299 positives
  files.candidate = files.baseline;
  const Check pass = judged_one(files, "roc_auc margin=1pp");
  EXPECT_EQ(pass.status, Status::pass);
  EXPECT_FALSE(pass.improved);
  files = scored(894, 1, 1);
  files.candidate = files.baseline;
  const Check open = judged_one(files, "roc_auc margin=1pp");
  EXPECT_EQ(open.status, Status::inconclusive);
  EXPECT_EQ(open.reason, "too_few_discordant");
}

TEST(AreaTest, a_model_that_scores_every_row_alike_is_blocked) {
  Files files = scored(300, 3, 3);
  for (Record& row : files.candidate) row.score = 0.5;
  const Check check = judged_one(files, "roc_auc margin=1pp");
  EXPECT_EQ(check.candidate, 0.5);
  EXPECT_EQ(check.status, Status::fail);
}

TEST(AreaTest, one_row_that_falls_is_not_taken_for_the_whole) {
  Files files = scored(150, 3, 3);
  files.candidate = files.baseline;
  files.candidate[0].score = -100;
  const Check check = judged_one(files, "roc_auc margin=4pp");
  EXPECT_EQ(check.status, Status::inconclusive) << check.sentence;
  EXPECT_EQ(check.reason, "too_few_discordant");
}

TEST(AreaTest, an_absolute_limit_must_be_proven) {
  const Files files = scored(900, 1, 1);
  const auto limit = [&](const std::string& text) {
    return judged_first(files.candidate, demanding({text})).at(0);
  };
  const double value = limit("roc_auc min=0.5").candidate.value();
  EXPECT_GT(value, 0.85);
  EXPECT_EQ(limit("roc_auc min=" + std::to_string(value - 0.05)).status, Status::pass);
  EXPECT_EQ(limit("roc_auc min=" + std::to_string(value)).status, Status::inconclusive);
  EXPECT_EQ(limit("roc_auc min=" + std::to_string(value + 0.04)).status, Status::fail);
}

TEST(AreaTest, perfect_separation_proves_what_its_pairs_can) {
  const auto limit = [](int rows, const char* text) {
    return judged_first(scored(rows, 10, 10).candidate, demanding({text})).at(0);
  };
  EXPECT_EQ(limit(3 * 59, "roc_auc min=0.95").status, Status::pass);  // 0.95^59 < 5 %
  EXPECT_EQ(limit(3 * 58, "roc_auc min=0.95").status, Status::inconclusive);
}

TEST(AreaTest, clusters_are_resampled_whole) {
  Files files = scored(600, 1, 0.8);
  const Check rows = judged_one(files, "roc_auc margin=1pp");
  // Every row three times over: the same evidence, and clusters know it.
  Files thrice;
  for (std::size_t i = 0; i < files.baseline.size(); ++i)
    for (int k = 0; k < 3; ++k) {
      thrice.baseline.push_back(files.baseline[i]);
      thrice.candidate.push_back(files.candidate[i]);
      thrice.baseline.back().sample = thrice.candidate.back().sample = k;
    }
  const Check clusters = judged_one(thrice, "roc_auc margin=1pp");
  EXPECT_EQ(clusters.n.at("clusters"), 600);
  EXPECT_NEAR(clusters.candidate.value(), rows.candidate.value(), 1e-12);
  EXPECT_NEAR(clusters.effect.value().lower.value(), rows.effect.value().lower.value(), 0.15);
  EXPECT_NEAR(clusters.effect->upper.value(), rows.effect->upper.value(), 0.15);
}

}  // namespace
}  // namespace modelgate
