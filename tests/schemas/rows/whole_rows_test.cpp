#include "schemas/rows/whole_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "schemas/rows/read_rows.h"
#include "schemas/tool/files.h"
#include "schemas/tool/json_quoted.h"

namespace modelgate {
namespace {

using Field = WholeRow::Field;
using ::testing::ElementsAre;

std::filesystem::path file_of(const std::string& text) {
  const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
  const auto path = std::filesystem::path(::testing::TempDir()) / "whole rows" / test->name();
  write_file(path, text);
  return path;
}

/// The rows of these numbers, by the keys that they were read with.
std::vector<std::optional<WholeRow>> read(const std::filesystem::path& path,
                                          const std::vector<std::size_t>& rows,
                                          const RowRequest& request = {}) {
  const RowTable table = read_rows(path, request, 1);
  std::vector<WantedRow> wanted;
  for (const std::size_t row : rows) wanted.push_back({row, table.keys[row]});
  return whole_rows_of(path, request, wanted);
}

TEST(WholeRowsTest, every_field_of_a_row_of_JSON_in_its_order) {
  const auto path =
      file_of(R"({"id": 1, "text": "a\nb \u00fc \"q\"", "n": 1.50, "none": null, "list": [1, {"a": [true]}]}

   {"id": "x", "text": "second"}
)");
  const auto rows = read(path, {1, 0});
  ASSERT_TRUE(rows[0] && rows[1]);
  EXPECT_THAT(rows[0]->fields, ElementsAre(Field{"id", "\"x\""}, Field{"text", "\"second\""}));
  EXPECT_THAT(rows[1]->fields,
              ElementsAre(Field{"id", "1"}, Field{"text", "\"a\\nb ü \\\"q\\\"\""}, Field{"n", "1.5"},
                          Field{"none", "null"}, Field{"list", "[1, {\"a\": [true]}]"}));
  EXPECT_EQ(rows[0]->value_of("text"), "\"second\"");
  EXPECT_EQ(rows[0]->value_of("nothing"), "");
}

TEST(WholeRowsTest, rows_of_CSV_with_quotes_line_ends_and_blank_lines) {
  const auto path = file_of("id,slices.lang,\"in,put\"\r\n1,en,\"a \"\"b\"\",\nc\"\r\n\r\n2,,plain\r\n");
  const auto rows = read(path, {0, 1});
  ASSERT_TRUE(rows[0] && rows[1]);
  EXPECT_THAT(rows[0]->fields, ElementsAre(Field{"id", "\"1\""}, Field{"slices.lang", "\"en\""},
                                           Field{"in,put", "\"a \\\"b\\\",\\nc\""}));
  EXPECT_THAT(rows[1]->fields, ElementsAre(Field{"id", "\"2\""}, Field{"in,put", "\"plain\""}));
}

TEST(WholeRowsTest, what_is_hidden_is_masked_at_any_depth) {
  RowRequest request;
  request.redacted = {"user", "meta.token", "list.1"};
  const auto path = file_of(
      R"({"id": 1, "user": "s", "slices": {"user": "s", "lang": "en"}, "meta": {"token": {"a": "s"}, "b": 1}, "list": [0, "s"], "turns": [{"user": "s", "n": 2}]}
)");
  const auto rows = read(path, {0}, request);
  ASSERT_TRUE(rows[0]);
  EXPECT_THAT(rows[0]->fields, ElementsAre(Field{"id", "1"}, Field{"user", "\"[redacted]\""},
                                           Field{"slices", R"({"user": "[redacted]", "lang": "en"})"},
                                           Field{"meta", R"({"token": "[redacted]", "b": 1})"},
                                           Field{"list", R"([0, "[redacted]"])"},
                                           Field{"turns", R"([{"user": "[redacted]", "n": 2}])"}));
  EXPECT_THAT(rows[0]->redacted, ElementsAre("list.1", "meta.token", "user"));
  const auto csv = read(file_of("id,user,slices.user\n1,s,s\n"), {0}, request);
  EXPECT_THAT(csv[0]->fields, ElementsAre(Field{"id", "\"1\""}, Field{"user", "\"[redacted]\""},
                                          Field{"slices.user", "\"[redacted]\""}));
}

TEST(WholeRowsTest, a_row_that_is_another_one_by_now_is_none) {
  const auto path = file_of("{\"id\": 1}\n{\"id\": 2, \"sample\": 3}\n");
  EXPECT_TRUE(read(path, {1})[0]) << "by id and sample";
  const std::vector<WantedRow> wanted = {{0, 7}, {5, 1}, {0, 1}};
  const auto rows = whole_rows_of(path, {}, wanted);
  EXPECT_FALSE(rows[0]);
  EXPECT_FALSE(rows[1]);
  EXPECT_TRUE(rows[2]);
}

TEST(WholeRowsTest, what_is_too_long_is_left_out_and_says_so) {
  const auto path =
      file_of("{\"id\": 1, \"long\": \"" + std::string(300'000, 'a') + "\", \"short\": \"b\"}\n");
  const auto rows = read(path, {0});
  ASSERT_TRUE(rows[0]);
  EXPECT_EQ(rows[0]->value_of("long"), "\"[left out: 300002 bytes]\"");
  EXPECT_EQ(rows[0]->value_of("short"), "\"b\"");
}

TEST(WholeRowsTest, ids_may_be_called_otherwise_and_lie_deeper) {
  RowRequest request;
  request.names = {{"id", "meta.key"}};
  EXPECT_TRUE(read(file_of("{\"meta\": {\"key\": \"a\"}, \"id\": 5}\n"), {0}, request)[0]);
}

TEST(WholeRowsTest, samples_of_lm_evaluation_harness_are_known_by_their_own_names) {
  const auto path = file_of(
      R"({"doc_id": 0, "doc": {"q": "why", "lang": "en"}, "target": "s", "resps": [["s"]], "filtered_resps": ["s"], "filter": "none", "acc": 1.0}
{"doc_id": 0, "doc": {"q": "why", "lang": "en"}, "target": "s", "resps": [["s"]], "filtered_resps": ["s"], "filter": "strict", "acc": 1.0}
)");
  RowRequest request;
  request.words = {"label", "prediction"};
  EXPECT_EQ(read(path, {1}, request)[0].value().value_of("target"), "\"s\"");
  request.redacted = {"label", "prediction"};
  const auto rows = read(path, {0, 1}, request);
  ASSERT_TRUE(rows[0] && rows[1]);
  for (const char* field : {"target", "resps", "filtered_resps"})
    EXPECT_EQ(rows[1]->value_of(field), "\"[redacted]\"") << field;
  EXPECT_EQ(rows[1]->value_of("doc"), R"({"q": "why", "lang": "en"})");
}

TEST(WholeRowsTest, large_files_and_part_files) {
  const auto folder = std::filesystem::path(::testing::TempDir()) / "whole rows" / "parts";
  std::string first, second;
  for (int i = 0; i < 50'000; ++i)
    first += "{\"id\": " + std::to_string(i) + ", \"text\": \"some more bytes here\"}\n";
  for (int i = 0; i < 10; ++i) second += std::to_string(50'000 + i) + ",b" + std::to_string(i) + "\n";
  write_file(folder / "part-0", first);
  write_file(folder / "part-1", "id,text\n" + second);
  write_file(folder / "_SUCCESS", "");
  const auto rows = read(folder, {50'003, 49'999, 0});
  ASSERT_TRUE(rows[0] && rows[1] && rows[2]);
  EXPECT_EQ(rows[0]->value_of("text"), "\"b3\"");
  EXPECT_EQ(rows[1]->value_of("id"), "49999");
  EXPECT_EQ(rows[2]->value_of("id"), "0");
}

TEST(JsonQuotedTest, reads_back_as_it_was) {
  std::string all;
  for (int c = 1; c < 128; ++c) all += static_cast<char>(c);
  all += "ü中\xf0\x9f\x98\x80\xe2\x80\xa8";
  EXPECT_EQ(nlohmann::json::parse(json_quoted(all)).get<std::string>(), all);
  EXPECT_EQ(json_quoted("\xff\xc3"), "\"\xef\xbf\xbd\xef\xbf\xbd\"");
  EXPECT_EQ(json_quoted(std::string_view("\0\n", 2)), "\"\\u0000\\n\"");
}

}  // namespace
}  // namespace modelgate
