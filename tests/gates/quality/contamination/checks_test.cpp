#include "gates/quality/contamination/checks.h"

#include <gmock/gmock.h>

#include "tests/gates/quality/rows.h"
#include "tests/schemas/fixtures/error_of.h"
#include "tests/schemas/fixtures/temporary_folder.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class ContaminationChecks : public ::testing::Test {
 protected:
  ContaminationChecks() {
    verdict_.gate = "quality";
    demands_.training.paths = {folder_.with("train.txt", "a b c\nwhere is my card\nd e f\n")};
  }

  /// 100 rows "text N", of which one is in the training data; of some the text is given.
  AnswerFile candidate(const std::map<int, std::string>& given = {}, const std::string& more = "") {
    std::string lines;
    for (int i = 0; i < 100; ++i) {
      const auto found = given.find(i);
      const std::string text = found != given.end() ? found->second
                               : i == 7             ? "Where is my card"
                                                    : "text " + std::to_string(i);
      lines += "{\"id\": \"r" + std::to_string(i) + "\"" +
               (text.empty() ? "" : ", \"input\": \"" + text + "\"") + "}\n";
    }
    RowRequest request;
    ask_for_test_texts(demands_, request);
    return read_answer_file(folder_.with("new.jsonl", lines + more), request, 1);
  }

  const Check& contamination() const { return verdict_.checks.at(0); }

  TemporaryFolder folder_;
  ContaminationDemands demands_;
  Verdict verdict_;
};

TEST_F(ContaminationChecks, without_a_limit_they_only_tell) {
  const DoubtfulRows doubtful = check_contamination(candidate(), demands_, verdict_);
  ASSERT_EQ(verdict_.checks.size(), 2u);
  EXPECT_EQ(contamination().name, "contamination");
  EXPECT_EQ(contamination().status, Status::not_compared);
  EXPECT_EQ(contamination().reason, "no_limit");
  EXPECT_EQ(contamination().sentence,
            "1 of 100 test texts (1.00 %) is in the training data (3 texts of train.txt), without a limit");
  EXPECT_DOUBLE_EQ(*contamination().candidate, 0.01);
  EXPECT_THAT(contamination().details, HasSubstr("\nid r7: the same as train.txt:2"));
  EXPECT_EQ(contamination().n.at("exact"), 1);
  EXPECT_EQ(contamination().n.at("training"), 3);
  EXPECT_EQ(verdict_.checks[1].name, "repeated texts");
  EXPECT_EQ(verdict_.checks[1].sentence,
            "0 of 100 test texts (0.00 %) are like another one, without a limit");
  std::vector<bool> expected(100);
  expected[7] = true;
  EXPECT_EQ(doubtful.rows, expected);
}

TEST_F(ContaminationChecks, a_limit_is_compared_with_the_share_as_it_is) {
  const auto with = [&](std::optional<double> contaminated, std::optional<double> repeated) {
    verdict_.checks.clear();
    demands_.contaminated = contaminated;
    demands_.repeated = repeated;
    check_contamination(candidate({{1, "text 0"}, {2, "TEXT 0"}}), demands_, verdict_);
    return std::pair(verdict_.checks[0].status, verdict_.checks[1].status);
  };
  EXPECT_EQ(with(0.01, 0.03), std::pair(Status::pass, Status::pass));
  EXPECT_EQ(verdict_.checks[0].name, "contamination max");
  EXPECT_EQ(verdict_.checks[0].reason, "limit_held");
  EXPECT_FALSE(verdict_.checks[0].p_regression);
  EXPECT_THAT(verdict_.checks[0].sentence, HasSubstr(", within the limit of 1 %"));
  EXPECT_EQ(verdict_.checks[1].name, "repeated texts max");
  EXPECT_THAT(verdict_.checks[1].details, HasSubstr("id r0: the same as id r"));
  EXPECT_EQ(with(0.0099, 0.029), std::pair(Status::fail, Status::fail));
  EXPECT_EQ(verdict_.checks[0].reason, "limit_exceeded");
  EXPECT_EQ(with(0, 0), std::pair(Status::fail, Status::fail));
  EXPECT_EQ(with(1, std::nullopt), std::pair(Status::pass, Status::not_compared));
}

TEST_F(ContaminationChecks, samples_of_an_example_count_once_and_are_all_doubtful) {
  const std::string samples =
      "{\"id\": \"s\", \"sample\": 0, \"input\": \"a b c\"}\n{\"id\": \"s\", \"sample\": 1, \"input\": \"a b "
      "c\"}\n";
  const DoubtfulRows doubtful = check_contamination(candidate({}, samples), demands_, verdict_);
  EXPECT_EQ(contamination().n.at("rows"), 101);
  EXPECT_EQ(contamination().n.at("exact"), 2);
  EXPECT_EQ(verdict_.checks[1].n.at("exact"), 0);
  EXPECT_EQ(std::count(doubtful.rows.begin(), doubtful.rows.end(), true), 3);
}

TEST_F(ContaminationChecks, rows_without_the_text_are_an_error_with_their_places) {
  check_contamination(candidate({{3, ""}, {90, ""}}), demands_, verdict_);
  ASSERT_EQ(verdict_.checks.size(), 1u);
  EXPECT_EQ(contamination().status, Status::error);
  EXPECT_EQ(contamination().reason, "field_missing");
  EXPECT_EQ(contamination().sentence,
            "2 rows of the candidate have no 'input': new.jsonl:4 (id r3); new.jsonl:91 (id r90)");
  EXPECT_THAT(contamination().needs, HasSubstr("--field input=NAME"));
}

TEST_F(ContaminationChecks, a_row_with_an_error_needs_no_text) {
  check_contamination(candidate({}, "{\"id\": \"late\", \"error\": \"timed out\"}\n"), demands_, verdict_);
  EXPECT_EQ(contamination().n.at("rows"), 100);
}

TEST_F(ContaminationChecks, texts_may_stand_in_a_file_of_their_own) {
  std::string lines;
  for (int i = 100; i >= 0; --i)
    lines += "{\"id\": \"r" + std::to_string(i) + "\", \"input\": \"" +
             (i % 50 == 0 ? "A  b c" : "t" + std::to_string(i)) + "\"}\n";
  demands_.test = folder_.with("test.jsonl", lines);
  check_contamination(candidate(), demands_, verdict_);
  EXPECT_EQ(contamination().n.at("rows"), 100);
  EXPECT_EQ(contamination().n.at("exact"), 2);  // 0 and 50; 100 was not answered

  verdict_.checks.clear();
  demands_.test = folder_.with(
      "test.jsonl",
      "{\"id\": \"r0\", \"input\": \"x\"}\n{\"id\": \"r0\", \"input\": \"y\"}\n{\"id\": \"r1\"}\n");
  check_contamination(candidate(), demands_, verdict_);
  std::vector<std::string> reasons;
  for (const Check& check : verdict_.checks) reasons.push_back(check.reason);
  EXPECT_THAT(reasons, ElementsAre("ids_repeated", "ids_missing", "field_missing"));
  EXPECT_THAT(verdict_.checks[1].sentence,
              HasSubstr("98 rows of the candidate are not in the test data: new.jsonl:3 (id r2)"));
}

TEST_F(ContaminationChecks, do_not_depend_on_the_order_of_rows) {
  const auto rows = [&](bool backwards) {
    verdict_.checks.clear();
    std::string lines;
    for (int i = 0; i < 60; ++i) {
      const int row = backwards ? 59 - i : i;
      lines += "{\"id\": \"r" + std::to_string(row) + "\", \"input\": \"" +
               (row % 3 == 0 ? "d e f" : "t" + std::to_string(row / 2)) + "\"}\n";
    }
    RowRequest request;
    ask_for_test_texts(demands_, request);
    check_contamination(read_answer_file(folder_.with("new.jsonl", lines), request, 1), demands_, verdict_);
    return verdict_.checks;
  };
  const std::vector<Check> checks = rows(false);
  EXPECT_EQ(checks[0].n.at("exact"), 20);
  EXPECT_EQ(rows(true), checks);
}

TEST(Contamination, each_check_says_what_it_would_be_without_the_rows) {
  // All that the candidate gained are rows in the training data.
  const Files files = table(300, 0, 100, 0);
  DoubtfulRows doubtful{"that are in the training data", std::vector<bool>(400)};
  for (std::size_t i = 300; i < 400; ++i) doubtful.rows[i] = true;
  const RowRequest request = request_of(demanding({"accuracy margin=1pp"}));
  const AnswerFile baseline = file_of("old.jsonl", files.baseline, request),
                   candidate = file_of("new.jsonl", files.candidate, request);
  Verdict verdict;
  verdict.gate = "quality";
  judge_quality(&baseline, candidate, demanding({"accuracy margin=0.5pp min=0.9"}), verdict, &doubtful);
  ASSERT_EQ(verdict.checks.size(), 2u);
  EXPECT_EQ(verdict.checks[0].status, Status::pass);
  EXPECT_THAT(
      verdict.checks[0].warnings,
      ElementsAre("without the 100 rows that are in the training data: 100.00 % to 100.00 % instead of "
                  "75.00 % to 100.00 % (+0.00 instead of +25.00 points); the check would be inconclusive "
                  "instead of pass"));
  EXPECT_EQ(verdict.checks[1].warnings.size(), 1u);

  verdict.checks.clear();
  doubtful.rows.assign(400, true);
  judge_quality(&baseline, candidate, demanding({"accuracy margin=0.5pp"}), verdict, &doubtful);
  EXPECT_THAT(verdict.checks[0].warnings,
              ElementsAre("without the 400 rows that are in the training data nothing is left to judge"));
  verdict.checks.clear();
  doubtful.rows.assign(400, false);
  judge_quality(&baseline, candidate, demanding({"accuracy margin=0.5pp"}), verdict, &doubtful);
  EXPECT_THAT(verdict.checks[0].warnings, IsEmpty());
}

TEST(ContaminationOptions, are_asked_for_only_where_something_is_named) {
  ContaminationOptions options;
  EXPECT_FALSE(options.demands());
  options.repeated = "1%";
  EXPECT_DOUBLE_EQ(*options.demands()->repeated, 0.01);
  options.contaminated = "0";
  EXPECT_THAT(error_of([&] { options.demands(); }), HasSubstr("--contaminated: needs the training data"));
  options.training.paths = {"train.jsonl"};
  EXPECT_DOUBLE_EQ(*options.demands()->contaminated, 0);
  for (const char* bad : {"", "0%", "5%", "101%", "0.8", "x"}) {
    options.similar = bad;
    EXPECT_NE(error_of([&] { options.demands(); }), "") << bad;
  }
  ContaminationOptions alone;
  alone.test = "test.jsonl";
  EXPECT_NE(error_of([&] { alone.demands(); }), "");
}

}  // namespace
}  // namespace modelgate
