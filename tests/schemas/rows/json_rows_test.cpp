#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "schemas/rows/row_key.h"
#include "tests/schemas/rows/rows_of.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class JsonRows : public ::testing::Test, public RowsOf {};

TEST_F(JsonRows, hold_every_kind_of_field) {
  const RowTable table = read(
      R"({"id": "zh-1", "label": "refund", "prediction": "退款", "score": 0.5, "scores": {"b": 0.25, "a": 1},)"
      R"("output": "text", "nll": -1.5e2, "metrics": {"bleu": 0.1},)"
      R"("slices": {"lang": "zh", "age": 3, "new": true}, "cluster": 7, "sample": 2, "error": "timed out"})",
      asking({"label", "prediction", "slices.lang", "slices.age", "slices.new"},
             {"score", "scores.b", "scores.a", "nll", "metrics.bleu", "scores.c"}, {"output"}));
  ASSERT_EQ(table.size(), 1u);
  EXPECT_EQ(words_in(table, 0), std::vector<std::string>{"refund"});
  EXPECT_EQ(words_in(table, 1), std::vector<std::string>{"退款"});
  EXPECT_EQ(words_in(table, 2), std::vector<std::string>{"zh"});
  EXPECT_EQ(words_in(table, 3), std::vector<std::string>{"3"});
  EXPECT_EQ(words_in(table, 4), std::vector<std::string>{"true"});
  EXPECT_EQ(number_in(table, 0, 0), 0.5);
  EXPECT_EQ(number_in(table, 0, 1), 0.25);
  EXPECT_EQ(number_in(table, 0, 2), 1.0);
  EXPECT_EQ(number_in(table, 0, 3), -150.0);
  EXPECT_EQ(number_in(table, 0, 4), 0.1);
  EXPECT_EQ(number_in(table, 0, 5), std::nullopt);
  EXPECT_EQ(table.texts[0].at(0), "text");
  EXPECT_EQ(table.ids[0], key_of_id("zh-1"));
  EXPECT_EQ(table.keys[0], key_of_sample(key_of_id("zh-1"), 2));
  EXPECT_EQ(table.clusters[0], key_of_id("7"));
  ASSERT_EQ(table.failed.size(), 1u);
  EXPECT_EQ(table.failed[0].reason, "timed out");
}

TEST_F(JsonRows, leave_absent_what_is_absent_or_null) {
  const RowTable table = read(
      "{\"id\": 1}\n{\"id\": 2, \"label\": null, \"score\": null, \"scores\": null, \"output\": null, "
      "\"slices\": null, \"cluster\": null, \"error\": null, \"sample\": null}\n",
      asking({"label", "slices.lang"}, {"score", "scores.a"}, {"output"}));
  EXPECT_EQ(shown(table), "1 1 - - - - -\n2 2 - - - - -\n");
}

TEST_F(JsonRows, keep_whole_numbers_and_booleans_as_the_text_that_was_written) {
  EXPECT_THAT(
      words_in(read("{\"id\": 1, \"label\": 3}\n{\"id\": 2, \"label\": false}\n{\"id\": 3, \"label\": "
                    "0.5}\n{\"id\": 4, \"label\": \"3\"}\n{\"id\": 5, \"label\": -7}\n",
                    asking({"label"}))),
      ElementsAre("3", "false", "0.5", "3", "-7"));
}

TEST_F(JsonRows, take_lists_maps_numbers_and_booleans_as_texts_of_their_json) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"[\"a\", \"b\"]", "[\"a\",\"b\"]"},
      {"[ 3, 0 , 1 ]", "[3,0,1]"},
      {"[]", "[]"},
      {"[\"caf\\u00e9, [x]\", \"\\\"q\\\"\", [null, {\"k\": -0.5}]]",
       "[\"café, [x]\",\"\\\"q\\\"\",[null,{\"k\":-0.5}]]"},
      {"{\"b\": [1, 2], \"a\": \"x y\"}", "{\"b\":[1,2],\"a\":\"x y\"}"},
      {"7", "7"},
      {"-2.5", "-2.5"},
      {"true", "true"},
      {"\"[1, 2]\"", "[1, 2]"}};
  for (const auto& [json, text] : cases) {
    // The second of two that are laid out alike is read by comparing bytes.
    const std::string row = "{\"id\": 1, \"references\": " + json + ", \"label\": \"a\"}\n";
    const RowTable table = read(row + row, asking({"label"}, {}, {"references"}));
    EXPECT_EQ(table.texts[0].at(0), text);
    EXPECT_EQ(table.texts[0].at(1), text);
    EXPECT_THAT(words_in(table), ElementsAre("a", "a"));
  }
  const RowTable both = read("{\"id\": 1, \"scores\": [1, 2]}\n{\"id\": 2, \"scores\": [3, 4]}\n",
                             asking({}, {"scores.1"}, {"scores"}));
  EXPECT_EQ(both.texts[0].at(1), "[3,4]");
  EXPECT_EQ(number_in(both, 1), 4.0);
}

TEST_F(JsonRows, take_an_id_as_the_same_whether_number_or_text) {
  const RowTable table = read(
      "{\"id\": 7}\n{\"id\": \"7\"}\n{\"id\": -7}\n{\"id\": 18446744073709551615}\n{\"id\": \"007\"}\n", {});
  EXPECT_EQ(table.keys[0], table.keys[1]);
  EXPECT_EQ(table.keys[2], key_of_id("-7"));
  EXPECT_EQ(table.keys[3], key_of_id("18446744073709551615"));
  EXPECT_NE(table.keys[4], table.keys[0]);
}

TEST_F(JsonRows, ignore_other_fields_empty_lines_and_windows_line_ends) {
  const RowTable table = read(
      "\xef\xbb\xbf\r\n{\"id\": 1, \"text\": {\"deep\": [[]]}}\r\n\n  \t\n{\"id\": 2}", asking({"label"}));
  EXPECT_EQ(table.size(), 2u);
  const auto places = places_of(folder_ / "r o w s", {}, {0, 1});
  EXPECT_EQ(places[0].place, "r o w s:2");
  EXPECT_EQ(places[1].place, "r o w s:5");
  EXPECT_EQ(places[1].id, "2");
}

TEST_F(JsonRows, are_the_same_wherever_their_line_ends) {
  for (std::size_t length = 0; length < 200; ++length) {
    const std::string row = "{\"id\": 1, \"label\": \"" + std::string(length, 'x') + "\"}";
    EXPECT_THAT(words_in(read(row + "\n" + row, asking({"label"}))),
                ElementsAre(std::string(length, 'x'), std::string(length, 'x')));
  }
}

TEST_F(JsonRows, that_are_wrong_are_named_with_their_line) {
  const RowRequest request =
      asking({"label", "slices.lang"}, {"score", "scores.a", "scores.0", "nll"}, {"output"});
  const auto second = [&](const std::string& row) {
    return error_in("{\"id\": 1}\n" + row + "\n{\"id\": 3}\n", request);
  };
  EXPECT_EQ(second("{}"), ":2: has no id\n  Every row needs one, a text or a whole number.");
  EXPECT_EQ(second("{\"id\": \"\"}"), ":2: 'id' is empty");
  EXPECT_EQ(second("{\"id\": null}"), ":2: 'id' must be text or a whole number");
  EXPECT_EQ(second("{\"id\": 1.5}"), ":2: 'id' must be text or a whole number");
  EXPECT_EQ(second("{\"id\": 2, \"id\": 3}"), ":2: has the field 'id' twice");
  EXPECT_EQ(second("{\"id\": 2, \"label\": 1, \"label\": 1}"), ":2: has the field 'label' twice");
  EXPECT_EQ(second("[1]"), ":2: is not a JSON object");
  EXPECT_EQ(second("7"), ":2: is not a JSON object");
  EXPECT_EQ(second("{\"id\": 2, \"label\": [1]}"), ":2: 'label' must be text, a number or a boolean");
  EXPECT_EQ(second("{\"id\": 2, \"score\": \"0.5\"}"), ":2: 'score' must be a number");
  EXPECT_EQ(second("{\"id\": 2, \"scores\": 1}"), ":2: 'scores' must be a map or a list");
  EXPECT_EQ(second("{\"id\": 2, \"scores\": [\"x\"]}"), ":2: 'scores.0' must be a number");
  EXPECT_EQ(second("{\"id\": 2, \"scores\": {\"a\": true}}"), ":2: 'scores.a' must be a number");
  EXPECT_EQ(second("{\"id\": 2, \"scores\": {\"a\": 1, \"b\": 1, \"a\": 2}}"), ":2: 'scores' has 'a' twice");
  EXPECT_EQ(second("{\"id\": 2, \"slices\": {\"lang\": [1]}}"),
            ":2: 'slices.lang' must be text, a number or a boolean");
  EXPECT_EQ(second("{\"id\": 2, \"sample\": 9223372036854775808}"), ":2: 'sample' must be a whole number");
  EXPECT_EQ(second("{\"id\": 2, \"sample\": 1.0}"), ":2: 'sample' must be a whole number");
}

TEST_F(JsonRows, that_are_no_json_are_named_with_their_line) {
  const auto third = [&](const std::string& row) { return error_in("{\"id\": 1}\n\n" + row + "\n", {}); };
  EXPECT_EQ(third("{\"id\": 1"), ":3: is not valid JSON: a comma, colon or bracket is wrong or missing");
  EXPECT_EQ(third("{\"id\": 1} x"), ":3: is not valid JSON: a comma, colon or bracket is wrong or missing");
  EXPECT_EQ(third("{\"id\": \"x}"), ":3: is not valid JSON: a text is not closed");
  EXPECT_EQ(third("{\"id\": 012}"), ":3: is not valid JSON: a number is malformed or too large");
  EXPECT_EQ(third("{\"id\": 1, \"nll\": 1e999}"),
            ":3: is not valid JSON: a number is malformed or too large");
  EXPECT_EQ(third("{\"id\": 1, \"label\": nul}"),
            ":3: is not valid JSON: a value is none of true, false and null");
  EXPECT_EQ(third("{\"id\": \"\xff\"}"), ":3: is not valid JSON: it is not UTF-8");
  EXPECT_EQ(third("{\"id\": \"\\q\"}"),
            ":3: is not valid JSON: a text holds a character or escape that it must not");
  EXPECT_NE(third(std::string("{\"id\": 1}\0", 10)), "");
  EXPECT_NE(third("{\"id\": " + std::string(100'000, '[')), "");
}

TEST_F(JsonRows, can_be_read_from_fields_of_other_names) {
  const std::string row = R"({"id": 1, "answer": "a", "prediction": "p", "label": "l", "uid": "u"})";
  const auto read_as = [&](const FieldNames& names, std::size_t column) {
    return words_in(read(row, asking({"prediction", "label"}, {}, {}, names)), column)[0];
  };
  EXPECT_EQ(read_as({{"prediction", "answer"}}, 0), "a");
  EXPECT_EQ(read_as({{"prediction", "label"}, {"label", "prediction"}}, 0), "l");
  EXPECT_EQ(read_as({{"prediction", "label"}, {"label", "prediction"}}, 1), "p");
  EXPECT_EQ(read_as({{"prediction", "label"}}, 0), "l");
  EXPECT_EQ(read_as({{"prediction", "label"}}, 1), "-") << "a field is read as one thing only";
  EXPECT_EQ(read_as({{"prediction", "none"}}, 0), "-");
  EXPECT_EQ(read(row, asking({}, {}, {}, {{"id", "uid"}})).keys[0], key_of_id("u"));
  EXPECT_EQ(error_in(row, asking({}, {}, {}, {{"predicton", "answer"}})),
            "there is no field 'predicton' of records\n  Did you mean 'prediction'?");
  EXPECT_EQ(error_in(row, asking({}, {}, {}, {{"prediction", "answer"}, {"label", "answer"}})),
            "two fields of records are read from 'answer'");
}

TEST_F(JsonRows, are_bounded) {
  std::string many = "{\"id\": 1";
  for (int i = 0; i < 1000; ++i) many += ", \"f" + std::to_string(i) + "\": 1";
  EXPECT_EQ(error_in(many + "}", {}), ":1: has more than 1000 fields");
  EXPECT_THAT(error_in("{\"id\": \"" + std::string((65u << 20) + 1, 'x') + "\"}", {}),
              HasSubstr("longer than 64 MiB"));
}

}  // namespace
}  // namespace modelgate
