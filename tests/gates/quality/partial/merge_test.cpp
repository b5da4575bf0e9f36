#include "gates/quality/partial/merge.h"

#include <gmock/gmock.h>

#include "schemas/tool/files.h"
#include "tests/gates/quality/partial/parts.h"
#include "tests/schemas/fixtures/error_of.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

class MergeTest : public ::testing::Test, public Parts {
 protected:
  std::string row(int id) const { return "{\"id\": " + std::to_string(id) + ", \"label\": \"a\"}\n"; }
  std::string error(const std::vector<std::string>& files, const GivenOptions& options = {}) const {
    return error_of([&] { merge(files, options); });
  }
};

TEST_F(MergeTest, takes_all_parts_or_none) {
  std::vector<std::string> parts;
  for (int i = 1; i <= 4; ++i) parts.push_back(keep(row(i), {i, 4}));
  EXPECT_EQ(merge({parts[2], parts[0], parts[3], parts[1]}).candidate.table.size(), 4u);
  EXPECT_THAT(error({parts[0], parts[1], parts[3]}), HasSubstr("--merge: part 3 of 4 is missing"));
  EXPECT_THAT(error({parts[1]}), HasSubstr("parts 1, 3, 4 of 4 are missing"));
  EXPECT_THAT(error({parts[0], parts[1], parts[2], parts[3], parts[1]}),
              HasSubstr("part-2.part: is named twice"));
  const std::string copy = folder_.with("copy.part", read_file(parts[1]));
  EXPECT_THAT(error({parts[0], parts[1], parts[2], parts[3], copy}), HasSubstr("is part 2, as "));
  EXPECT_THAT(error({parts[0], copy, parts[2]}), HasSubstr("part 4 of 4 is missing"));
  EXPECT_THAT(error({parts[0], keep(row(2), {2, 2})}), HasSubstr("is a part of 2, and "));
  std::vector<std::string> of_many = {keep(row(1), {1, 1000})};
  EXPECT_THAT(error(of_many), HasSubstr("10, 11, more of 1000 are missing"));
}

TEST_F(MergeTest, takes_parts_that_were_read_under_the_same_options) {
  PartialHead head;
  head.options = {{"check", "accuracy margin=1pp"}, {"seed", "7"}};
  const std::string part = keep(row(1), {1, 1}, head);
  EXPECT_NO_THROW(merge({part}, head.options));
  EXPECT_THAT(error({part}, {{"check", "accuracy margin=2pp"}, {"seed", "7"}}),
              HasSubstr("was written with --check 'accuracy margin=1pp', not --check 'accuracy margin=2pp'"));
  EXPECT_THAT(error({part}, {{"check", "accuracy margin=1pp"}}), HasSubstr("was written with --seed '7'"));
  EXPECT_THAT(error({part}, {{"check", "accuracy margin=1pp"}, {"seed", "7"}, {"train-lines", ""}}),
              HasSubstr("was written without --train-lines"));
}

TEST_F(MergeTest, takes_parts_of_one_version_and_of_the_same_subjects) {
  PartialHead other;
  other.gate_version = "0.0.1";
  EXPECT_THAT(error({keep(row(1), {1, 1}, other)}), HasSubstr("was written by version 0.0.1, and this is "));
  PartialHead subject;
  subject.verdict.candidate.version = "v2";
  EXPECT_THAT(error({keep(row(1), {1, 2}), keep(row(2), {2, 2}, subject)}),
              HasSubstr("part-2.part: was measured of other subjects"));
  const std::string part = keep(row(1), {1, 1});
  Verdict verdict;
  EXPECT_THAT(error_of([&] {
                merged({part}, {}, true, {request_for_all(), request_for_all()}, verdict);
              }),
              HasSubstr("has a baseline, and --first-release is given"));
}

TEST_F(MergeTest, what_was_known_of_the_parts_goes_into_the_verdict) {
  PartialHead one, two;
  one.verdict.candidate.version = two.verdict.candidate.version = "v2";
  one.verdict.environment = {{"cpu", "x"}, {"host", "a"}};
  two.verdict.environment = {{"cpu", "x"}, {"host", "b"}};
  one.verdict.warnings = {"both", "one"};
  two.verdict.warnings = {"both", "two"};
  Check crashed;
  crashed.name = "measuring the candidate: crashed";
  crashed.gate = "quality";
  crashed.reason = "crashed";
  crashed.sentence = "it crashed";
  two.verdict.checks = {crashed};
  const std::string files[] = {keep(row(1), {1, 2}, one), keep(row(2), {2, 2}, two)};
  Verdict verdict;
  verdict.gate = "intents";
  merged({files[1], files[0]}, {}, false, {request_for_all(), request_for_all()}, verdict);
  EXPECT_EQ(verdict.candidate.version, "v2");
  EXPECT_THAT(verdict.environment, ElementsAre(Pair("cpu", "x")));
  EXPECT_THAT(verdict.warnings, ElementsAre("both", "one", "two"));
  ASSERT_EQ(verdict.checks.size(), 1u);
  EXPECT_EQ(verdict.checks[0].gate, "intents");
  EXPECT_EQ(verdict.checks[0].reason, "crashed");
}

TEST_F(MergeTest, rows_in_looks_and_sides_without_rows_are_not_kept) {
  AnswerFile rows = file("a.jsonl", row(1));
  rows.looks = {1, 2};
  const std::string path = (folder_ / "a.part").string();
  EXPECT_THAT(error_of([&] { write_partial(path, {}, {std::nullopt, rows}); }), HasSubstr("rows in looks"));
  AnswerFile none;
  none.path = "none";
  none.request = request_for_all();
  EXPECT_THAT(error_of(
                  [&] {
                    write_partial(path, {}, {none, file("a.jsonl", row(1))});
                  },
                  ErrorKind::infrastructure),
              HasSubstr("there are no answers of the baseline"));
}

TEST_F(MergeTest, rows_that_changed_since_they_were_read_are_not_kept) {
  const AnswerFile rows = file("a.jsonl", row(1) + row(2));
  const std::string path = (folder_ / "a.part").string();
  for (const std::string& now : {row(1), row(1) + row(3), row(1) + row(2) + row(3)}) {
    folder_.with("a.jsonl", now);
    EXPECT_THAT(error_of(
                    [&] {
                      write_partial(path, {}, {std::nullopt, rows});
                    },
                    ErrorKind::infrastructure),
                HasSubstr("changed while it was read"));
  }
}

}  // namespace
}  // namespace modelgate
