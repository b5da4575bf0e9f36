#include "schemas/formats/records.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/schemas/fixtures/error_of.h"
#include "tests/schemas/fixtures/temporary_folder.h"

namespace modelgate {
namespace {

using ::testing::DoubleEq;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

class Records : public ::testing::Test {
 protected:
  std::vector<Record> read(const std::string& rows, const FieldNames& names = {}) {
    return read_records(folder_.with("r o w s.jsonl", rows), names);
  }

  Record read_one(const std::string& row, const FieldNames& names = {}) {
    return read(row + "\n", names).at(0);
  }

  /// What is said of the rows, without the folder's name.
  std::string error_in(const std::string& rows, const FieldNames& names = {}) {
    const std::string error = error_of([&] { read(rows, names); });
    const std::size_t at = error.find("r o w s.jsonl");
    return at == std::string::npos ? error : error.substr(at + 13);
  }

  const TemporaryFolder folder_;
};

TEST_F(Records, hold_every_kind_of_field) {
  const Record record = read_one(
      R"({"id": "zh-1", "label": "refund", "prediction": "退款", "score": 0.5, "scores": {"b": 0.25, "a": 1},)"
      R"("output": "text", "reference": "ref", "nll": -1.5e2, "tokens": 12, "metrics": {"bleu": 0.1, "acc": 1},)"
      R"("slices": {"lang": "zh", "age": 3, "new": true}, "cluster": 7, "sample": 2, "error": "timed out"})");
  EXPECT_EQ(record.id, "zh-1");
  EXPECT_EQ(record.label, "refund");
  EXPECT_EQ(record.prediction, "退款");
  EXPECT_EQ(record.score, 0.5);
  EXPECT_THAT(record.scores, ElementsAre(Pair("a", 1.0), Pair("b", 0.25)));
  EXPECT_EQ(record.output, "text");
  EXPECT_EQ(record.reference, "ref");
  EXPECT_EQ(record.nll, -150.0);
  EXPECT_EQ(record.tokens, 12);
  EXPECT_THAT(record.metrics, ElementsAre(Pair("acc", 1.0), Pair("bleu", 0.1)));
  EXPECT_THAT(record.slices, ElementsAre(Pair("age", "3"), Pair("lang", "zh"), Pair("new", "true")));
  EXPECT_EQ(record.cluster, "7");
  EXPECT_EQ(record.sample, 2);
  EXPECT_EQ(record.error, "timed out");
  EXPECT_EQ(record.line, 1);
}

TEST_F(Records, leave_absent_what_is_absent_or_null) {
  for (const char* row :
       {R"({"id": 1})", R"({"id": 1, "label": null, "prediction": null, "score": null, "scores": null,
       "output": null, "nll": null, "tokens": null, "metrics": null, "slices": null, "cluster": null, "error": null})"}) {
    std::string line = row;
    line.erase(std::remove(line.begin(), line.end(), '\n'), line.end());
    const Record record = read_one(line);
    EXPECT_FALSE(record.label || record.prediction || record.score || record.output || record.nll ||
                 record.tokens || record.cluster || record.error || record.sample || record.reference);
    EXPECT_THAT(record.scores, IsEmpty());
    EXPECT_THAT(record.slices, IsEmpty());
    EXPECT_THAT(record.metrics, IsEmpty());
  }
}

TEST_F(Records, keep_numbers_and_booleans_as_the_text_that_was_written) {
  EXPECT_EQ(read_one(R"({"id": 7})").id, "7");
  EXPECT_EQ(read_one(R"({"id": -7})").id, "-7");
  EXPECT_EQ(read_one(R"({"id": 18446744073709551615})").id, "18446744073709551615");
  EXPECT_EQ(read_one(R"({"id": 1, "label": 3})").label, "3");
  EXPECT_EQ(read_one(R"({"id": 1, "label": false})").label, "false");
  EXPECT_EQ(read_one(R"({"id": 1, "label": 0.5})").label, "0.5");
}

TEST_F(Records, name_a_list_of_scores_by_its_places) {
  EXPECT_THAT(read_one(R"({"id": 1, "scores": [0.5, 2]})").scores,
              ElementsAre(Pair("0", 0.5), Pair("1", 2.0)));
  const auto rows = read("{\"id\": 1, \"scores\": [0,1,2,3,4,5,6,7,8,9,10]}\n{\"id\": 2, \"scores\": [5]}\n");
  EXPECT_THAT(rows[0].scores[2], Pair("10", 10.0)) << "sorted as names";
  EXPECT_THAT(rows[1].scores, ElementsAre(Pair("0", 5.0)));
  EXPECT_THAT(read_one(R"({"id": 1, "scores": []})").scores, IsEmpty());
}

TEST_F(Records, ignore_other_fields_empty_lines_and_windows_line_ends) {
  const auto rows = read("\xef\xbb\xbf\r\n{\"id\": 1, \"text\": {\"deep\": [[]]}}\r\n\n  \t\n{\"id\": 2}");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].line, 2);
  EXPECT_EQ(rows[1].line, 5);
  EXPECT_EQ(rows[1].id, "2");
}

TEST_F(Records, keep_repeated_ids_for_the_gate_to_report) {
  EXPECT_EQ(read("{\"id\": 1}\n{\"id\": 1}\n").size(), 2u);
}

TEST_F(Records, are_the_same_wherever_their_line_ends) {
  // The parser may look some bytes behind a line; what stands there must not matter.
  for (std::size_t length = 0; length < 200; ++length) {
    const std::string row = "{\"id\": 1, \"label\": \"" + std::string(length, 'x') + "\"}";
    const auto rows = read(row + "\n" + row);
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].label, rows[1].label);
    EXPECT_EQ(rows[1].label->size(), length);
  }
}

TEST_F(Records, that_are_wrong_are_named_with_their_line) {
  const auto second = [&](const std::string& row) {
    return error_in("{\"id\": 1}\n" + row + "\n{\"id\": 3}\n");
  };
  EXPECT_EQ(second("{}"), ":2: has no id\n  Every row needs one, a text or a whole number.");
  EXPECT_EQ(second("{\"id\": \"\"}"), ":2: 'id' is empty");
  EXPECT_EQ(second("{\"id\": null}"), ":2: 'id' must be text or a whole number");
  EXPECT_EQ(second("{\"id\": 1.5}"), ":2: 'id' must be text or a whole number");
  EXPECT_EQ(second("{\"id\": 2, \"id\": 3}"), ":2: has the field 'id' twice");
  EXPECT_EQ(second("{\"id\": 2, \"x\": 1, \"x\": 1}"), ":2: has the field 'x' twice");
  EXPECT_EQ(second("[1]"), ":2: is not a JSON object");
  EXPECT_EQ(second("7"), ":2: is not a JSON object");
  EXPECT_EQ(second("{\"id\": 2, \"label\": [1]}"), ":2: 'label' must be text, a number or a boolean");
  EXPECT_EQ(second("{\"id\": 2, \"output\": 1}"), ":2: 'output' must be text");
  EXPECT_EQ(second("{\"id\": 2, \"score\": \"0.5\"}"), ":2: 'score' must be a number");
  EXPECT_EQ(second("{\"id\": 2, \"scores\": 1}"), ":2: 'scores' must be a list or a map of numbers");
  EXPECT_EQ(second("{\"id\": 2, \"scores\": [null]}"), ":2: 'scores' must be a number");
  EXPECT_EQ(second("{\"id\": 2, \"scores\": {\"a\": true}}"), ":2: 'scores.a' must be a number");
  EXPECT_EQ(second("{\"id\": 2, \"scores\": {\"a\": 1, \"b\": 1, \"a\": 2}}"), ":2: 'scores' has 'a' twice");
  EXPECT_EQ(second("{\"id\": 2, \"slices\": [\"zh\"]}"), ":2: 'slices' must be a map");
  EXPECT_EQ(second("{\"id\": 2, \"slices\": {\"lang\": null}}"),
            ":2: 'slices.lang' must be text, a number or a boolean");
  EXPECT_EQ(second("{\"id\": 2, \"slices\": {\"lang\": 1, \"lang\": 2}}"), ":2: 'slices' has 'lang' twice");
  EXPECT_EQ(second("{\"id\": 2, \"metrics\": {\"bleu\": \"x\"}}"), ":2: 'metrics.bleu' must be a number");
  EXPECT_EQ(second("{\"id\": 2, \"metrics\": {\"bleu\": 1, \"bleu\": 2}}"), ":2: 'metrics' has 'bleu' twice");
  EXPECT_EQ(second("{\"id\": 2, \"nll\": \"1\"}"), ":2: 'nll' must be a number");
  EXPECT_EQ(second("{\"id\": 2, \"tokens\": 1.0}"), ":2: 'tokens' must be a whole number");
  EXPECT_EQ(second("{\"id\": 2, \"sample\": 9223372036854775808}"), ":2: 'sample' must be a whole number");
}

TEST_F(Records, that_are_no_json_are_named_with_their_line) {
  const auto third = [&](const std::string& row) { return error_in("{\"id\": 1}\n\n" + row + "\n"); };
  EXPECT_EQ(third("{\"id\": 1"), ":3: is not valid JSON: a comma, colon or bracket is wrong or missing");
  EXPECT_EQ(third("{\"id\": 1} x"), ":3: is not valid JSON: a comma, colon or bracket is wrong or missing");
  EXPECT_EQ(third("{\"id\": \"x}"), ":3: is not valid JSON: a text is not closed");
  EXPECT_EQ(third("{\"id\": 012}"), ":3: is not valid JSON: a number is malformed or too large");
  EXPECT_EQ(third("{\"id\": 1, \"nll\": NaN}"),
            ":3: is not valid JSON: a comma, colon or bracket is wrong or missing");
  EXPECT_EQ(third("{\"id\": 1, \"nll\": 1e999}"),
            ":3: is not valid JSON: a number is malformed or too large");
  EXPECT_EQ(third("{\"id\": 1, \"label\": nul}"),
            ":3: is not valid JSON: a value is none of true, false and null");
  EXPECT_EQ(third("{\"id\": \"\xff\"}"), ":3: is not valid JSON: it is not UTF-8");
  EXPECT_EQ(third("{\"id\": \"\\ud800\"}"),
            ":3: is not valid JSON: a text holds a character or escape that it must not");
  EXPECT_EQ(third("{\"id\": \"\\q\"}"),
            ":3: is not valid JSON: a text holds a character or escape that it must not");
  EXPECT_NE(third(std::string("{\"id\": 1}\0", 10)), "");
  EXPECT_NE(third(std::string(100'000, '[')), "");
  EXPECT_NE(third("{\"id\": 123456789012345678901234567890}"), "");
}

TEST_F(Records, that_are_not_there_are_an_error) {
  EXPECT_EQ(error_in(""), ": has no rows\n  A row of JSON for each example was expected.");
  EXPECT_EQ(error_in("\n \r\n"), ": has no rows\n  A row of JSON for each example was expected.");
  EXPECT_THAT(error_of([&] { read_records(folder_ / "none.jsonl"); }, ErrorKind::infrastructure),
              HasSubstr("none.jsonl: cannot be opened"));
  EXPECT_THAT(error_of([&] { read_records(folder_.path()); }, ErrorKind::infrastructure),
              HasSubstr("is not a regular file"));
}

TEST_F(Records, can_be_read_from_fields_of_other_names) {
  const std::string row = R"({"id": 1, "answer": "a", "prediction": "p", "label": "l", "uid": "u"})";
  EXPECT_EQ(read_one(row, {{"prediction", "answer"}}).prediction, "a");
  EXPECT_EQ(read_one(row, {{"id", "uid"}}).id, "u");
  const Record swapped = read_one(row, {{"prediction", "label"}, {"label", "prediction"}});
  EXPECT_EQ(swapped.prediction, "l");
  EXPECT_EQ(swapped.label, "p");
  const Record taken = read_one(row, {{"prediction", "label"}});
  EXPECT_EQ(taken.prediction, "l");
  EXPECT_FALSE(taken.label) << "a field is read as one thing only";
  EXPECT_FALSE(read_one(row, {{"prediction", "none"}}).prediction);
  EXPECT_EQ(error_in(row, {{"predicton", "answer"}}),
            "there is no field 'predicton' of records\n  Did you mean 'prediction'?");
  EXPECT_EQ(error_in(row, {{"prediction", "answer"}, {"label", "answer"}}),
            "two fields of records are read from 'answer'");
  EXPECT_EQ(error_in("{\"id\": 1, \"uid\": null}", {{"id", "uid"}}),
            ":1: 'id' must be text or a whole number");
}

TEST_F(Records, are_bounded) {
  std::string many = "{\"id\": 1";
  for (int i = 0; i < 1000; ++i) many += ", \"f" + std::to_string(i) + "\": 1";
  EXPECT_EQ(error_in(many + "}"), ":1: has more than 1000 fields");
  EXPECT_EQ(error_in("{\"id\": \"" + std::string((64u << 20) + 1, 'x') + "\"}"), ":1: is longer than 64 MiB");
}

}  // namespace
}  // namespace modelgate
