#include "runners/selftest/answer_rows.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "schemas/tool/error.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

using Answer = AnswerRows::Answer;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

AnswerRows rows_of(const std::string& text, const std::map<std::string, std::string>& names = {}) {
  const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
  const std::string file = ::testing::TempDir() + test->name() + " answer rows.jsonl";
  write_file(file, text);
  return AnswerRows(file, names);
}

std::string all(const AnswerRows& rows, Answer answer) {
  return rows.text(std::vector<Answer>(rows.size(), answer));
}

TEST(AnswerRows, what_is_not_changed_stays_byte_for_byte) {
  const std::string text =
      "{\"id\":1, \"label\":\"a\",  \"prediction\":\"a\", \"nll\":0.10000000000000001}\n"
      "{\"id\":2,\"label\":\"b\",\"prediction\":\"a\"}\n";
  EXPECT_EQ(all(rows_of(text), Answer::as_it_is), text);
}

TEST(AnswerRows, a_wrong_answer_is_another_label_and_a_right_one_the_rows_own) {
  const AnswerRows rows = rows_of(
      "{\"id\":1,\"label\":\"a\",\"prediction\":\"a\",\"slices\":{\"lang\":\"de\"}}\n"
      "{\"id\":2,\"label\":\"b\",\"prediction\":\"a\",\"slices\":{\"lang\":\"en\"}}\n");
  EXPECT_THAT(rows.part({}).right, ElementsAre(0));
  EXPECT_THAT(rows.part({}).wrong, ElementsAre(1));
  EXPECT_THAT(all(rows, Answer::wrong), HasSubstr(R"({"id":1,"label":"a","prediction":"b","slices")"));
  EXPECT_THAT(all(rows, Answer::right), HasSubstr(R"({"id":2,"label":"b","prediction":"b","slices")"));
}

TEST(AnswerRows, numbers_and_truth_values_stay_what_they_are) {
  const AnswerRows rows =
      rows_of("{\"id\":1,\"label\":0,\"prediction\":0}\n{\"id\":2,\"label\":1,\"prediction\":0}\n");
  EXPECT_THAT(rows.part({}).right, ElementsAre(0));
  EXPECT_THAT(all(rows, Answer::wrong), HasSubstr(R"("label":0,"prediction":1)"));
}

TEST(AnswerRows, scores_change_places_with_the_answer) {
  const AnswerRows rows = rows_of(
      "{\"id\":1,\"label\":\"a\",\"scores\":{\"a\":0.9,\"b\":0.1}}\n"
      "{\"id\":2,\"label\":\"b\",\"scores\":{\"a\":0.7,\"b\":0.3}}\n");
  EXPECT_THAT(rows.part({}).right, ElementsAre(0)) << "the class with the highest score is the answer";
  EXPECT_THAT(all(rows, Answer::wrong), HasSubstr(R"("scores":{"a":0.1,"b":0.9})"));
  EXPECT_THAT(all(rows, Answer::right), HasSubstr(R"("label":"b","scores":{"a":0.3,"b":0.7})"));
}

TEST(AnswerRows, scores_of_an_array_are_of_the_classes_0_1_and_so_on) {
  const AnswerRows rows =
      rows_of("{\"id\":1,\"label\":1,\"scores\":[0.2,0.8]}\n{\"id\":2,\"label\":0,\"scores\":[0.6,0.4]}\n");
  EXPECT_THAT(rows.part({}).right, SizeIs(2));
  EXPECT_THAT(all(rows, Answer::wrong), HasSubstr(R"("label":1,"scores":[0.8,0.2])"));
}

TEST(AnswerRows, a_single_score_is_mirrored_in_the_range_of_all) {
  const AnswerRows rows = rows_of(
      "{\"id\":1,\"label\":1,\"score\":3.0}\n{\"id\":2,\"label\":0,\"score\":-1.0}\n{\"id\":3,\"label\":0,"
      "\"score\":0.5}\n");
  EXPECT_THAT(rows.part({}).right, SizeIs(3));
  EXPECT_THAT(all(rows, Answer::wrong), HasSubstr(R"({"id":1,"label":1,"score":-1.0})"));
  EXPECT_THAT(all(rows, Answer::wrong), HasSubstr(R"({"id":3,"label":0,"score":1.5})"));
}

TEST(AnswerRows, fields_are_called_as_the_plan_says) {
  const AnswerRows rows = rows_of(
      "{\"id\":1,\"gold\":\"a\",\"answer\":\"a\",\"tags\":{\"lang\":\"de\"}}\n"
      "{\"id\":2,\"gold\":\"b\",\"answer\":\"b\",\"tags\":{\"lang\":\"en\"}}\n",
      {{"label", "gold"}, {"prediction", "answer"}, {"slices", "tags"}});
  EXPECT_THAT(rows.part({{"lang", "en"}}).right, ElementsAre(1));
  EXPECT_THAT(all(rows, Answer::wrong), HasSubstr(R"("gold":"a","answer":"b")"));
  EXPECT_THAT(rows.slices(), ElementsAre(std::pair("lang", "de"), std::pair("lang", "en")));
}

TEST(AnswerRows, a_slice_may_be_by_a_field_and_by_bins) {
  const AnswerRows rows = rows_of(R"({"id": 1, "label": "a", "prediction": "a", "lang": "en", "length": -1}
{"id": 2, "label": "a", "prediction": "a", "lang": "zh", "length": 10}
{"id": 3, "label": "a", "prediction": "a", "lang": "zh", "length": 9.5}
{"id": 4, "label": "a", "prediction": "a", "lang": "zh", "slices": {"lang": "en", "length": 0}}
)");
  EXPECT_THAT(rows.part({{"lang", "zh"}}).right, UnorderedElementsAre(1, 2))
      << "a slice comes before a field";
  EXPECT_THAT(rows.part({{"length", "below 0"}}).right, ElementsAre(0));
  EXPECT_THAT(rows.part({{"length", "0 to below 10"}}).right, UnorderedElementsAre(2, 3));
  EXPECT_THAT(rows.part({{"length", "10 and above"}, {"lang", "zh"}}).right, ElementsAre(1));
  EXPECT_THAT(rows.part({{"length", "ten"}}).right, ElementsAre());
  EXPECT_THAT(rows.rest({{{"lang", "zh"}}}).right, UnorderedElementsAre(0, 3))
      << "the small slices, together";
  EXPECT_THAT(rows.rest({{{"lang", "zh"}}, {{"length", "below 0"}}}).right, ElementsAre(3));
}

TEST(AnswerRows, rows_without_an_answer_are_left_alone) {
  const AnswerRows rows = rows_of(
      "{\"id\":1,\"label\":\"a\",\"error\":\"no memory\"}\n{\"id\":2,\"prediction\":\"a\"}\n"
      "{\"id\":3,\"label\":\"a\",\"prediction\":\"a\"}\n");
  EXPECT_THAT(rows.part({}).right, ElementsAre(2));
  EXPECT_THAT(rows.part({}).wrong, ElementsAre());
}

TEST(AnswerRows, every_beginning_of_the_order_holds_the_labels_in_equal_shares) {
  std::string text;
  for (int id = 0; id < 300; ++id) {
    const std::string label = id < 200 ? "often" : "rare";
    text +=
        "{\"id\":" + std::to_string(id) + ",\"label\":\"" + label + "\",\"prediction\":\"" + label + "\"}\n";
  }
  const auto right = rows_of(text).part({}).right;
  ASSERT_THAT(right, SizeIs(300));
  for (const std::ptrdiff_t count : {3, 30, 150})
    EXPECT_NEAR(
        std::count_if(right.begin(), right.begin() + count, [](std::size_t row) { return row < 200; }),
        2 * count / 3, 1);
}

TEST(AnswerRows, what_is_no_row_is_refused_with_its_line) {
  try {
    rows_of("{\"id\":1}\n[]\n");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.where(), HasSubstr("answer rows.jsonl:2"));
  }
}

}  // namespace
}  // namespace modelgate
