#include "gates/quality/examples/error_analysis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/gates/quality/rows.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// What is confused with what, many times over.
Files confused() {
  Files files;
  files.add("refund", "refund", "refund", 100);
  files.add("refund", "refund", "invoice", 30);
  files.add("refund", "invoice", "refund", 4);
  files.add("refund", "login", "invoice", 3);
  files.add("invoice", "invoice", "invoice", 100);
  files.add("invoice", "invoice", "login", 12);
  files.add("login", "login", "login", 50);
  files.add("login", "refund", "refund", 6);
  return files;
}

Answers answers_of(const Files& files, AnswerFile& baseline, AnswerFile& candidate) {
  baseline = file_of("old.jsonl", files.baseline);
  candidate = file_of("new.jsonl", files.candidate);
  std::vector<DataProblem> problems;
  NeededFields needed;
  needed.label = needed.prediction = true;
  return join(&baseline, candidate, needed, 0, problems);
}

TEST(ErrorAnalysisTest, counts_what_was_lost_gained_and_answered_otherwise) {
  AnswerFile baseline, candidate;
  const Answers answers = answers_of(confused(), baseline, candidate);
  const Flips flips = flips_of(RowSample(answers));
  EXPECT_EQ(flips.rows, 305);
  EXPECT_EQ(flips.lost, 42);
  EXPECT_EQ(flips.gained, 4);
  EXPECT_EQ(flips.changed, 3);
}

TEST(ErrorAnalysisTest, the_confusions_that_grew_most_come_first) {
  AnswerFile baseline, candidate;
  const Answers answers = answers_of(confused(), baseline, candidate);
  std::vector<std::string> told;
  for (const ConfusionChange& change : confusion_changes(RowSample(answers)))
    told.push_back(answers.classes[static_cast<std::size_t>(change.label)] + ">" +
                   answers.classes[static_cast<std::size_t>(change.answer)] + " " +
                   std::to_string(change.before) + " " + std::to_string(change.now));
  EXPECT_THAT(told, ::testing::ElementsAre("refund>invoice 4 33", "invoice>login 0 12", "login>refund 6 6",
                                           "refund>login 3 0"));
}

TEST(ErrorAnalysisTest, a_check_that_fails_tells_them_and_of_one_class_its_own) {
  const Files files = confused();
  EXPECT_THAT(
      judged_one(files, "accuracy margin=1pp").details,
      HasSubstr(
          "Of 305 rows 42 were right and are now wrong, 4 the other way about; 3 are wrong in another way.\n"
          "Confusions that grew most, label → answer:\n"
          "'refund' → 'invoice': 4 before, 33 now\n'invoice' → 'login': 0 before, 12 now"));
  const std::string recall = judged_one(files, "recall(invoice) margin=1pp").details;
  EXPECT_THAT(recall, HasSubstr("Of 112 rows 12 were right and are now wrong, 0 the other way about; 0 are"));
  EXPECT_THAT(recall, HasSubstr("'invoice' → 'login'"));
  EXPECT_THAT(recall, Not(HasSubstr("'refund'")));
  const std::string precision = judged_one(files, "precision(login) margin=1pp").details;
  EXPECT_THAT(precision, HasSubstr("'invoice' → 'login'"));
  EXPECT_THAT(precision, Not(HasSubstr("'refund' → 'invoice'")));
  EXPECT_THAT(judged_one(files, "f1(invoice) margin=1pp").details, HasSubstr("'refund' → 'invoice'"));
}

TEST(ErrorAnalysisTest, a_check_that_passes_and_one_without_a_change_tell_nothing) {
  EXPECT_THAT(judged_one(confused(), "accuracy margin=40pp").details, Not(HasSubstr("Confusions")));
  EXPECT_THAT(judged_one(table(100, 0, 0, 0), "accuracy margin=1pp").details, Not(HasSubstr("right and")));
}

TEST(ErrorAnalysisTest, a_first_release_tells_the_most_frequent_confusions) {
  const auto checks = judged_first(confused().candidate, demanding({"accuracy min=0.95"}));
  ASSERT_EQ(checks.size(), 1u);
  EXPECT_THAT(checks[0].details,
              HasSubstr("Most frequent confusions, label → answer:\n'refund' → 'invoice': 33\n"));
}

}  // namespace
}  // namespace modelgate
