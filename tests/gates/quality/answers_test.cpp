#include "gates/quality/rows/answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/gates/quality/rows.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class JoinTest : public ::testing::Test {
 protected:
  Answers joined(std::vector<Record> baseline, std::vector<Record> candidate) {
    problems_.clear();
    RowRequest request;
    request.words = {"label", "prediction"};
    request_slices(slicings_, request);
    baseline_ = file_of("old.jsonl", baseline, request);
    candidate_ = file_of("new.jsonl", candidate, request);
    const SliceColumns columns(&baseline_, candidate_, slicings_);
    needed_.slices = &columns;
    return join(&baseline_, candidate_, needed_, maximum_errors_, problems_);
  }

  void expect_problem(const std::string& reason, const std::vector<std::string>& words) {
    ASSERT_THAT(problems_, SizeIs(1))
        << ::testing::PrintToString(problems_.empty() ? "" : problems_[0].sentence);
    EXPECT_EQ(problems_[0].reason, reason);
    for (const std::string& word : words) EXPECT_THAT(problems_[0].sentence, HasSubstr(word));
    EXPECT_FALSE(problems_[0].needs.empty());
  }

  NeededFields needed_{true, true, nullptr, {}, {}, {}, {}, {}, {}};
  std::vector<Slicing> slicings_;
  double maximum_errors_ = 0;
  AnswerFile baseline_, candidate_;
  std::vector<DataProblem> problems_;
};

TEST_F(JoinTest, joins_by_id_whatever_the_order_in_the_files) {
  const Answers answers =
      joined({record("2", "x", "x"), record("1", "y", "x")}, {record("1", "y", "y"), record("2", "x", "y")});
  EXPECT_THAT(problems_, IsEmpty());
  EXPECT_THAT(answers.classes, ElementsAre("x", "y"));
  ASSERT_EQ(answers.size(), 2u);
  EXPECT_EQ(answers.in_baseline(0), 1u) << "the row of id 1";
  EXPECT_EQ(answers.in_candidate(0), 0u);
  EXPECT_EQ(answers.row(0).label, 1);
  EXPECT_EQ(answers.row(0).baseline, 0);
  EXPECT_EQ(answers.row(0).candidate, 1);
  EXPECT_FALSE(answers.clustered);
}

TEST_F(JoinTest, ids_that_one_file_lacks_are_counted_and_named) {
  joined({record("1", "x", "x"), record("7", "x", "x")}, {record("1", "x", "x")});
  expect_problem("ids_missing",
                 {"1 row of the baseline is not in the candidate's file", "old.jsonl:2 (id 7)"});
  joined({record("1", "x", "x")}, {record("1", "x", "x"), record("8", "x", "x"), record("9", "x", "x")});
  expect_problem("ids_missing", {"2 rows of the candidate are not in the baseline's", "id 8", "id 9"});
}

TEST_F(JoinTest, only_the_first_examples_are_shown) {
  std::vector<Record> many;
  for (int i = 10; i < 60; ++i) many.push_back(record(std::to_string(i), "x", "x"));
  joined(many, {record("10", "x", "x")});
  expect_problem("ids_missing", {"49 rows", "id 11", "id 13", "…"});
  EXPECT_THAT(problems_[0].sentence, ::testing::Not(HasSubstr("id 14")));
}

TEST_F(JoinTest, repeated_ids_are_counted_and_named) {
  joined({record("1", "x", "x"), record("1", "x", "y")}, {record("1", "x", "x")});
  expect_problem("ids_repeated", {"1 row of the baseline repeats an id", "old.jsonl:2 (id 1) again"});
}

TEST_F(JoinTest, labels_that_disagree_are_counted_and_named) {
  joined({record("1", "x", "x"), record("2", "x", "x")}, {record("1", "x", "x"), record("2", "y", "x")});
  expect_problem("labels_differ",
                 {"1 row has another 'label'", "id 2: 'x' in old.jsonl:2, 'y' in new.jsonl:2"});
}

TEST_F(JoinTest, missing_fields_name_file_line_and_field) {
  Record without = record("2", "x", "x");
  without.label.reset();
  joined({record("1", "x", "x"), record("2", "x", "x")}, {record("1", "x", "x"), without});
  ASSERT_FALSE(problems_.empty());
  EXPECT_EQ(problems_[0].reason, "field_missing");
  EXPECT_THAT(problems_[0].sentence, HasSubstr("1 row of the candidate has no 'label': new.jsonl:2 (id 2)"));

  without = record("2", "x", "x");
  without.prediction.reset();
  joined({record("1", "x", "x"), without}, {record("1", "x", "x"), record("2", "x", "x")});
  expect_problem("field_missing", {"1 row of the baseline has no 'prediction'", "old.jsonl:2"});
  needed_.prediction = false;
  joined({record("1", "x", "x"), without}, {record("1", "x", "x"), record("2", "x", "x")});
  EXPECT_THAT(problems_, IsEmpty());
}

TEST_F(JoinTest, a_slice_field_must_be_there_and_agree) {
  slicings_ = {parse_slicing("lang", "")};
  Record zh = record("1", "x", "x"), en = zh;
  zh.slices = {{"lang", "zh"}};
  en.slices = {{"lang", "en"}};
  joined({zh}, {record("1", "x", "x")});
  ASSERT_FALSE(problems_.empty());
  EXPECT_EQ(problems_[0].reason, "field_missing");
  EXPECT_THAT(problems_[0].sentence, HasSubstr("slices.lang"));
  joined({zh}, {en});
  ASSERT_THAT(problems_, SizeIs(3)) << "and a slice that is gone, and one that is new";
  EXPECT_EQ(problems_[0].reason, "slices_differ");
  EXPECT_THAT(problems_[0].sentence, HasSubstr("id 1: 'zh' in old.jsonl:1, 'en' in new.jsonl:1"));
  joined({zh}, {zh});
  EXPECT_THAT(problems_, IsEmpty());
}

TEST_F(JoinTest, rows_with_errors_are_never_scored) {
  Record failed = record("2", "x", "x");
  failed.prediction.reset();
  failed.error = "timed out";
  const std::vector<Record> fine = {record("1", "x", "x"), record("2", "x", "x")};
  joined(fine, {record("1", "x", "x"), failed});
  expect_problem("too_many_errors",
                 {"1 row of the candidate (50 %, at most 0 % allowed)", "timed out", "new.jsonl:2"});
  maximum_errors_ = 0.5;
  const Answers answers = joined(fine, {record("1", "x", "x"), failed});
  EXPECT_THAT(problems_, IsEmpty());
  EXPECT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers.candidate_errors, 1);
  const Answers mirrored = joined({record("1", "x", "x"), failed}, fine);
  EXPECT_THAT(problems_, IsEmpty());
  EXPECT_EQ(mirrored.size(), 1u);
  EXPECT_EQ(mirrored.baseline_errors, 1);
  maximum_errors_ = 0.49;
  joined({record("1", "x", "x"), failed}, fine);
  expect_problem("too_many_errors", {"of the baseline"});
  maximum_errors_ = 1;
  joined({failed}, {failed});
  expect_problem("nothing_measured", {});
}

TEST_F(JoinTest, predictions_written_unlike_labels_are_no_model_that_is_always_wrong) {
  joined({record("1", "1", "1"), record("2", "2", "2")}, {record("1", "1", "1.0"), record("2", "2", "2.0")});
  expect_problem("classes_differ", {"no prediction of the candidate is a label", "'1.0'", "'1'"});
}

TEST_F(JoinTest, rows_of_a_cluster_and_samples_of_an_id_belong_together) {
  std::vector<Record> rows;
  for (const auto& [id, cluster] : {std::pair{"1", "b"}, {"2", "a"}, {"3", "b"}}) {
    rows.push_back(record(id, "x", "x"));
    rows.back().cluster = cluster;
  }
  Answers answers = joined(rows, rows);
  EXPECT_TRUE(answers.clustered);
  EXPECT_EQ(answers.row(0).cluster, answers.row(2).cluster);
  EXPECT_NE(answers.row(0).cluster, answers.row(1).cluster);

  rows.clear();
  for (const int sample : {0, 1}) {
    rows.push_back(record("1", "x", "x"));
    rows.back().sample = sample;
  }
  rows.push_back(record("2", "x", "x"));
  answers = joined(rows, rows);
  EXPECT_THAT(problems_, IsEmpty());
  EXPECT_TRUE(answers.clustered);
  std::map<std::int32_t, int> sizes;
  for (std::size_t row = 0; row < answers.size(); ++row) ++sizes[answers.row(row).cluster];
  EXPECT_THAT(sizes, ::testing::UnorderedElementsAre(::testing::Pair(::testing::_, 1),
                                                     ::testing::Pair(::testing::_, 2)));

  std::vector<Record> other = rows;
  other[2].cluster = "c";
  joined(rows, other);
  expect_problem("clusters_differ", {"id 2: none in old.jsonl:3, one in new.jsonl:3"});
}

}  // namespace
}  // namespace modelgate
