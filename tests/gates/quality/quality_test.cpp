#include "gates/quality/quality.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "gates/quality/subject_answers.h"
#include "schemas/tool/error.h"
#include "tests/gates/quality/rows.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(QualityTest, blocks_when_the_accuracy_falls_by_more_than_the_margin) {
  const Check check = judged_one(table(800, 100, 10, 90), "accuracy margin=1pp");
  EXPECT_EQ(check.status, Status::fail);
  EXPECT_EQ(check.reason, "regression_proven");
  EXPECT_THAT(check.sentence,
              HasSubstr("accuracy fell by 9 points (90.00 % to 81.00 %; 95 % bounds -10.75 to -7.41)"));
  EXPECT_THAT(check.sentence, HasSubstr("more than the margin of 1 point"));
  EXPECT_EQ(check.baseline, 0.9);
  EXPECT_EQ(check.candidate, 0.81);
  EXPECT_DOUBLE_EQ(check.effect.value().estimate, -9);
  EXPECT_EQ(check.effect->unit, "points");
  EXPECT_EQ(check.effect->confidence, 0.95);
  EXPECT_DOUBLE_EQ(check.margin.value(), 1);
  EXPECT_EQ(check.n.at("rows"), 1000);
  EXPECT_EQ(check.n.at("discordant"), 110);
  EXPECT_EQ(check.n.at("gained"), 10);
  EXPECT_EQ(check.n.at("lost"), 100);
  EXPECT_EQ(check.direction, Direction::higher_is_better);
  EXPECT_THAT(check.details, HasSubstr("mid-p McNemar"));
  EXPECT_LT(check.p_regression.value(), 1e-6);
}

TEST(QualityTest, passes_when_no_loss_beyond_the_margin_is_proven) {
  const Check check = judged_one(table(9000, 40, 40, 920), "accuracy margin=1pp");
  EXPECT_EQ(check.status, Status::pass);
  EXPECT_EQ(check.reason, "non_inferiority_proven");
  EXPECT_FALSE(check.improved);
  EXPECT_LE(check.p_non_inferiority.value(), 0.05);
}

TEST(QualityTest, shows_a_proven_improvement) {
  const Check check = judged_one(table(800, 10, 60, 130), "accuracy margin=1pp");
  EXPECT_EQ(check.status, Status::pass);
  EXPECT_TRUE(check.improved);
  EXPECT_EQ(check.reason, "improvement_proven");
  EXPECT_THAT(check.sentence, HasSubstr("rose by 5 points"));
}

TEST(QualityTest, cannot_tell_says_what_would_decide) {
  const Check check = judged_one(table(400, 20, 18, 62), "accuracy margin=1pp");
  EXPECT_EQ(check.status, Status::inconclusive);
  EXPECT_EQ(check.reason, "cannot_tell");
  EXPECT_THAT(check.needs, HasSubstr("more rows, or a margin of 2.5 points"));
}

// The promise is kept: with the rows that were asked for, at the same rates, it does pass.
TEST(QualityTest, the_rows_that_are_asked_for_do_decide) {
  const Check small = judged_one(table(400, 20, 18, 62), "accuracy margin=1pp");
  const int more = std::stoi(small.needs.substr(std::string("about ").size()));
  const int k = more / 500 + 1;
  EXPECT_EQ(judged_one(table(400 * k, 20 * k, 18 * k, 62 * k), "accuracy margin=1pp").status, Status::pass);
  EXPECT_EQ(judged_one(table(400, 20, 18, 62), "accuracy margin=2.5pp").status, Status::pass);
}

TEST(QualityTest, without_a_differing_row_passes_from_the_number_of_rows_that_excludes_the_margin) {
  // 0.99^299 < 5 % < 0.99^298
  EXPECT_EQ(judged_one(table(290, 0, 0, 9), "accuracy margin=1pp").status, Status::pass);
  const Check check = judged_one(table(289, 0, 0, 9), "accuracy margin=1pp");
  EXPECT_EQ(check.status, Status::inconclusive);
  EXPECT_EQ(check.reason, "too_few_discordant");
  EXPECT_THAT(check.needs, HasSubstr("about 1 more row, or a margin of 1.1 points"));
}

TEST(QualityTest, few_differing_rows_prove_no_change) {
  const Check lost = judged_one(table(30, 5, 0, 0), "accuracy margin=0pp");
  EXPECT_EQ(lost.status, Status::inconclusive);
  EXPECT_EQ(lost.reason, "too_few_discordant");
  EXPECT_EQ(judged_one(table(30, 6, 0, 0), "accuracy margin=0pp").status, Status::fail);
  const Check gained = judged_one(table(1000, 0, 5, 0), "accuracy margin=1pp");
  EXPECT_EQ(gained.status, Status::pass);
  EXPECT_FALSE(gained.improved);
  EXPECT_TRUE(judged_one(table(1000, 0, 6, 0), "accuracy margin=1pp").improved);
}

TEST(QualityTest, one_gained_row_does_not_prove_that_none_is_lost) {
  for (const char* text : {"accuracy margin=0pp", "f1(macro) margin=0pp", "precision(macro) margin=0pp",
                           "f1(x) margin=0pp", "recall(x) margin=0pp"})
    EXPECT_EQ(judged_one(table(1000, 0, 1, 0), text).status, Status::inconclusive) << text;
}

TEST(QualityTest, too_few_rows_decide_nothing) {
  const Check check = judged_one(table(0, 29, 0, 0), "accuracy margin=1pp");
  EXPECT_EQ(check.status, Status::inconclusive);
  EXPECT_EQ(check.reason, "too_few_rows");
  EXPECT_THAT(check.needs, HasSubstr("more rows"));
  EXPECT_EQ(check.margin, 1);
  EXPECT_FALSE(check.p_regression);
}

TEST(QualityTest, one_row_is_called_one) {
  Files files;
  files.add("a", "a", "a");
  const Check check = judged_one(files, "accuracy margin=1pp");
  EXPECT_EQ(check.sentence, "accuracy: 1 row is too few to decide");
  files.add("a", "a", "a");
  EXPECT_EQ(judged_one(files, "accuracy margin=1pp").sentence, "accuracy: 2 rows are too few to decide");
}

TEST(QualityTest, no_check_that_cannot_be_decided_leaves_open_what_would_decide_it) {
  Files never_predicted, rare, clustered = table(100, 3, 2, 10);
  never_predicted.add("a", "a", "b", 40);
  never_predicted.add("b", "a", "b", 2);
  never_predicted.add("b", "b", "b", 100);
  rare.add("a", "a", "a", 29);
  rare.add("b", "a", "b", 100);
  for (std::vector<Record>* rows : {&clustered.baseline, &clustered.candidate})
    for (std::size_t i = 0; i < rows->size(); ++i) (*rows)[i].cluster = std::to_string(i / 30);
  std::set<std::string> seen;
  for (const Files& files : {table(400, 20, 18, 62), table(289, 0, 0, 9), table(30, 5, 0, 0),
                             table(1000, 0, 1, 0), table(0, 29, 0, 0), table(40, 3, 3, 4), table(1, 0, 0, 0),
                             table(60, 0, 0, 0), table(0, 0, 0, 60), never_predicted, rare, clustered})
    for (const char* text : {"accuracy margin=1pp", "accuracy margin=0pp", "accuracy min=0.88",
                             "f1(macro) margin=1pp", "precision(macro) margin=0pp", "f1(a) margin=1pp",
                             "precision(a) margin=1pp", "recall(a) margin=0.5pp", "precision(a) min=0.5",
                             "f1(a) min=0.99", "f1(x) min=0.5", "recall(x) min=0.9", "f1(macro) min=0.9"})
      for (const Check& check : judged(files, demanding({text})))
        if (check.status == Status::inconclusive) {
          EXPECT_NE(check.needs, "") << text << ": " << check.reason << ": " << check.sentence;
          seen.insert(check.reason);
        }
  for (const char* reason : {"cannot_tell", "too_few_rows", "too_few_positives", "too_few_clusters",
                             "too_few_discordant", "undefined"})
    EXPECT_TRUE(seen.contains(reason)) << reason;
}

TEST(QualityTest, judges_every_slice_and_drops_none) {
  Files files = table(900, 2, 2, 96);
  files.slice(0, "lang", "en");
  const std::size_t first_of_zh = files.baseline.size();
  const Files zh = table(100, 60, 0, 0);
  for (std::size_t i = 0; i < zh.baseline.size(); ++i)
    files.add(*zh.baseline[i].label, *zh.baseline[i].prediction, *zh.candidate[i].prediction);
  files.slice(first_of_zh, "lang", "zh");
  const std::size_t first_of_fr = files.baseline.size();
  files.add("x", "x", "x", 29);
  files.slice(first_of_fr, "lang", "fr");

  const auto checks = judged(files, demanding({"accuracy margin=1pp by=lang"}));
  ASSERT_THAT(checks, SizeIs(3));
  EXPECT_EQ(checks[0].slice.at("lang"), "zh") << "what lost most comes first";
  EXPECT_EQ(checks[0].status, Status::fail);
  EXPECT_EQ(checks[0].n.at("rows"), 160);
  EXPECT_EQ(checks[1].slice.at("lang"), "en");
  EXPECT_EQ(checks[1].status, Status::pass);
  EXPECT_EQ(checks[2].slice.at("lang"), "fr");
  EXPECT_EQ(checks[2].status, Status::inconclusive);
  EXPECT_EQ(checks[2].reason, "slice_too_small");
  for (const Check& check : checks) EXPECT_EQ(check.name, "accuracy");
}

TEST(QualityTest, a_slice_field_with_a_value_for_every_row_is_refused) {
  Files files;
  for (int i = 0; i < 1200; ++i) {
    files.add("x", "x", "x");
    files.slice(files.baseline.size() - 1, "user", std::to_string(i));
  }
  const Check check = judged_one(files, "accuracy margin=1pp by=user");
  EXPECT_EQ(check.status, Status::error);
  EXPECT_EQ(check.reason, "too_many_slices");
}

TEST(QualityTest, the_limit_is_a_check_of_its_own) {
  const auto checks = judged(table(900, 20, 20, 60), demanding({"accuracy margin=2pp min=0.9"}));
  ASSERT_THAT(checks, SizeIs(2));
  EXPECT_EQ(checks[0].name, "accuracy");
  EXPECT_FALSE(checks[0].limit);
  EXPECT_EQ(checks[1].name, "accuracy min");
  EXPECT_EQ(checks[1].status, Status::pass);
  EXPECT_EQ(checks[1].reason, "limit_held");
  EXPECT_FALSE(checks[1].margin);
  EXPECT_EQ(checks[1].limit, (Limit{Limit::Kind::minimum, 0.9}));
}

TEST(QualityTest, a_first_release_is_judged_by_limits_alone) {
  const auto checks =
      judged_first(table(900, 0, 0, 100).candidate, demanding({"accuracy margin=1pp min=0.85"}));
  ASSERT_THAT(checks, SizeIs(2));
  EXPECT_EQ(checks[0].name, "accuracy");
  EXPECT_EQ(checks[0].status, Status::not_compared);
  EXPECT_EQ(checks[0].reason, "first_release");
  EXPECT_THAT(checks[0].sentence, HasSubstr("first release, no baseline"));
  EXPECT_FALSE(checks[0].effect);
  EXPECT_EQ(checks[1].status, Status::pass);
  EXPECT_EQ(worst(judged_first(table(900, 0, 0, 100).candidate, demanding({"accuracy margin=1pp"}))),
            Status::error);
}

TEST(QualityTest, what_is_wrong_with_the_rows_is_an_error_and_nothing_is_judged) {
  Files files = table(900, 0, 0, 100);
  files.candidate.pop_back();
  const auto checks = judged(files, demanding({"accuracy margin=1pp min=0.5", "f1(macro) margin=1pp"}));
  ASSERT_THAT(checks, SizeIs(1));
  EXPECT_EQ(checks[0].status, Status::error);
  EXPECT_EQ(checks[0].reason, "ids_missing");
  EXPECT_EQ(worst(checks), Status::error);
}

TEST(QualityTest, no_rows_are_an_error) {
  Files files = table(100, 0, 0, 0);
  files.candidate.clear();
  const Check check = judged_one(files, "accuracy margin=1pp");
  EXPECT_EQ(check.status, Status::error);
  EXPECT_EQ(check.reason, "nothing_measured");
}

TEST(QualityTest, a_class_that_no_row_has_is_an_error_with_the_one_that_was_meant) {
  Files files;
  files.add("refund", "refund", "refund", 50);
  files.add("order", "order", "refnd", 50);
  const Check check = judged_one(files, "recall(refnd) margin=1pp");
  EXPECT_EQ(check.status, Status::error);
  EXPECT_EQ(check.reason, "class_missing");
  EXPECT_THAT(check.needs, HasSubstr("Did you mean 'refund'?"));
}

TEST(QualityTest, which_class_is_meant_must_be_said_or_evident) {
  EXPECT_THROW(judged(table(500, 5, 5, 50), demanding({"recall margin=1pp"})), Error);
  QualityDemands demands = demanding({"recall margin=5pp"});
  demands.positive = "y";
  EXPECT_EQ(judged(table(500, 5, 5, 50), demands).at(0).name, "recall");
  EXPECT_EQ(judged(table(500, 5, 5, 50), demands).at(0).n.at("positives"), 280);
  Files evident;
  evident.add("1", "1", "1", 70);
  evident.add("0", "0", "0", 30);
  EXPECT_EQ(judged_one(evident, "recall margin=5pp").n.at("positives"), 70);
}

TEST(QualityTest, recall_of_a_class_is_a_share_of_its_rows) {
  Files files;
  files.add("refund", "refund", "refund", 300);
  files.add("refund", "refund", "order", 60);
  files.add("order", "order", "order", 5000);
  const Check check = judged_one(files, "recall(refund) margin=2pp");
  EXPECT_EQ(check.status, Status::fail);
  EXPECT_EQ(check.baseline, 1);
  EXPECT_DOUBLE_EQ(check.candidate.value(), 300.0 / 360);
  EXPECT_EQ(check.n.at("positives"), 360);
  EXPECT_EQ(check.n.at("discordant"), 60);
  EXPECT_THAT(check.method, HasSubstr("Tango"));
}

TEST(QualityTest, thirty_positives_are_the_least_for_a_resampled_metric) {
  Files files;
  files.add("a", "a", "a", 29);
  files.add("b", "a", "b", 100);
  const Check check = judged_one(files, "f1(a) margin=1pp");
  EXPECT_EQ(check.status, Status::inconclusive);
  EXPECT_EQ(check.reason, "too_few_positives");
  EXPECT_THAT(check.needs, HasSubstr("at least 1 more row labelled 'a'"));
  files.add("a", "a", "a");
  EXPECT_EQ(judged_one(files, "f1(a) margin=1pp").status, Status::pass);
}

TEST(QualityTest, precision_of_a_class_that_is_never_predicted_is_undefined) {
  Files files;
  files.add("a", "a", "b", 40);
  files.add("b", "a", "b", 2);
  files.add("b", "b", "b", 100);
  const Check check = judged_one(files, "precision(a) margin=1pp");
  EXPECT_EQ(check.status, Status::inconclusive);
  EXPECT_EQ(check.reason, "undefined");
  EXPECT_FALSE(check.effect);
  EXPECT_EQ(judged_one(files, "f1(a) margin=1pp").status, Status::fail);
}

TEST(QualityTest, a_class_that_was_always_found_and_never_is_any_more_is_blocked) {
  Files files;
  files.add("a", "a", "b", 40);
  files.add("b", "b", "b", 100);
  for (const char* text :
       {"f1(a) margin=1pp", "f1(macro) margin=1pp", "recall(a) margin=1pp", "accuracy margin=1pp"})
    EXPECT_EQ(judged_one(files, text).status, Status::fail) << text;
  for (const char* text : {"f1(a) min=0.5", "f1(macro) min=0.7", "recall(a) min=0.5"})
    EXPECT_EQ(judged_one(files, text).status, Status::fail) << text;
  const Files back{files.candidate, files.baseline};
  EXPECT_TRUE(judged_one(back, "f1(a) margin=1pp").improved);
  for (std::vector<Record>* rows : {&files.baseline, &files.candidate})
    for (std::size_t i = 0; i < rows->size(); ++i) (*rows)[i].cluster = std::to_string(i / 2);
  for (const char* text : {"f1(a) margin=1pp", "recall(a) margin=1pp", "recall(a) min=0.5", "f1(a) min=0.5"})
    EXPECT_EQ(judged_one(files, text).status, Status::fail) << text << ", in clusters";
}

TEST(QualityTest, clusters_without_a_row_of_the_class_do_not_count_for_it) {
  Files files;
  files.add("a", "a", "a", 40);
  files.add("b", "b", "b", 400);
  for (std::vector<Record>* rows : {&files.baseline, &files.candidate})
    for (std::size_t i = 0; i < rows->size(); ++i) (*rows)[i].cluster = std::to_string(i / 40);
  EXPECT_EQ(judged_one(files, "accuracy margin=50pp").status, Status::pass);
  const Check check = judged_one(files, "recall(a) margin=50pp");
  EXPECT_EQ(check.reason, "too_few_clusters");
  EXPECT_EQ(check.n.at("clusters"), 1);
}

TEST(QualityTest, a_failure_names_rows_that_were_answered_right) {
  const Check check = judged_one(table(800, 100, 10, 90), "accuracy margin=1pp");
  EXPECT_THAT(check.details, HasSubstr("id 800: 'x', now answered 'y'"));
  EXPECT_THAT(judged_one(table(9000, 40, 40, 920), "accuracy margin=1pp").details,
              ::testing::Not(HasSubstr("id ")));
}

TEST(QualityTest, macro_averages_warn_of_rare_classes) {
  Files files = table(900, 0, 0, 0);
  EXPECT_THAT(judged_one(files, "f1(macro) margin=1pp").warnings, IsEmpty());
  files.add("rare", "rare", "rare", 4);
  EXPECT_THAT(judged_one(files, "f1(macro) margin=1pp").warnings,
              ::testing::ElementsAre("1 class has fewer than 5 rows and weighs as much as the others"));
}

TEST(QualityTest, words_neither_round_a_change_away_nor_an_error) {
  Files files = table(99990, 0, 0, 0);
  files.add("x", "x", "y");
  const Check check = judged_one(files, "accuracy margin=1pp");
  EXPECT_EQ(check.unit, "fraction");
  EXPECT_THAT(check.sentence, HasSubstr("fell by 0.001 points (100.00 % to 99.999 %"));
  EXPECT_THAT(judged_one(table(500, 5, 5, 0), "accuracy margin=5pp").sentence, HasSubstr("stayed the same"));
}

TEST(QualityTest, what_foreign_files_hold_is_quoted_in_part) {
  Files files = table(100, 0, 0, 0);
  files.candidate[3].id = std::string(100000, 'x');
  for (const Check& check : judged(files, demanding({"accuracy margin=1pp"})))
    EXPECT_LT(check.sentence.size(), 300u);
}

TEST(QualityTest, problems_and_notes_of_the_runner_are_told) {
  Measurements measurements;
  measurements.subject.role = Role::candidate;
  measurements.problems = {{"crashed", "it was killed by SIGSEGV"}, {"crashed", "again"}};
  measurements.notes = {"stdout was cut"};
  Verdict verdict;
  add_problems(measurements, verdict);
  ASSERT_THAT(verdict.checks, SizeIs(2));
  EXPECT_EQ(verdict.checks[0].status, Status::error);
  EXPECT_EQ(verdict.checks[0].reason, "crashed");
  EXPECT_NE(verdict.checks[0].name, verdict.checks[1].name);
  EXPECT_THAT(verdict.warnings, ::testing::ElementsAre("candidate: stdout was cut"));
}

TEST(QualityOptionsTest, refuses_what_it_does_not_understand) {
  QualityOptions options;
  options.checks = {"accuracy margin=1pp", "accuracy min=0.9", "accuracy margin=2pp by=lang"};
  options.fields = {"prediction=answer"};
  options.maximum_errors = "2%";
  const QualityDemands demands = options.demands();
  EXPECT_THAT(demands.checks, SizeIs(3));
  EXPECT_EQ(demands.fields.at("prediction"), "answer");
  EXPECT_DOUBLE_EQ(demands.maximum_errors, 0.02);

  options.checks.push_back("accuracy margin=3pp");
  EXPECT_THROW(options.demands(), Error);
  options.checks = {"accuracy margin=1pp"};
  for (const char* bad : {"2", "-1%", "101%", "nan%", "", "x"}) {
    options.maximum_errors = bad;
    EXPECT_THROW(options.demands(), Error) << bad;
  }
  options.maximum_errors = "0";
  EXPECT_NO_THROW(options.demands());
  for (const char* bad : {"x", "=x", "x=", "prediction=other"}) {
    options.fields = {"prediction=answer", bad};
    EXPECT_THROW(options.demands(), Error) << bad;
  }
}

}  // namespace
}  // namespace modelgate
