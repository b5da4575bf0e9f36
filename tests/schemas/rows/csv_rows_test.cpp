#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/rows/row_key.h"
#include "tests/schemas/rows/rows_of.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class CsvRows : public ::testing::Test, public RowsOf {};

TEST_F(CsvRows, hold_columns_in_any_order_and_leave_others_out) {
  const RowTable table =
      read("score,other,id,label\n0.5,x,7,yes\n-1e-3,y,b,no\n", asking({"label"}, {"score"}));
  EXPECT_THAT(words_in(table), ElementsAre("yes", "no"));
  EXPECT_EQ(number_in(table, 0), 0.5);
  EXPECT_EQ(number_in(table, 1), -0.001);
  EXPECT_EQ(table.keys[0], 7u);
  EXPECT_EQ(table.keys[1], key_of_id("b"));
}

TEST_F(CsvRows, may_be_parted_by_tabs) {
  EXPECT_THAT(words_in(read("id\tlabel\n1\ta,b\n2\tc\n", asking({"label"}))), ElementsAre("a,b", "c"));
}

TEST_F(CsvRows, hold_anything_in_quotes) {
  const RowTable table =
      read("id,label,output\n1,\"a, \"\"b\"\"\",\"two\nlines\"\n2,\"\",\"c\"\r\n\"3\",x,y\n",
           asking({"label"}, {}, {"output"}));
  EXPECT_THAT(words_in(table), ElementsAre("a, \"b\"", "-", "x"));
  EXPECT_EQ(table.texts[0].at(0), "two\nlines");
  EXPECT_EQ(table.texts[0].at(1), "c");
  EXPECT_EQ(table.keys[2], 3u);
  const auto places = places_of(folder_ / "r o w s", {}, {0, 1, 2});
  EXPECT_EQ(places[0].place, "r o w s:2");
  EXPECT_EQ(places[1].place, "r o w s:4") << "the first row has two lines";
  EXPECT_EQ(places[2].place, "r o w s:5");
  EXPECT_EQ(places[2].id, "3");
}

TEST_F(CsvRows, hold_lists_as_the_text_of_their_cell) {
  const RowTable table =
      read("id,references\n1,\"[\"\"a\"\", \"\"b\"\"]\"\n2,[3]\n", asking({}, {}, {"references"}));
  EXPECT_EQ(table.texts[0].at(0), "[\"a\", \"b\"]");
  EXPECT_EQ(table.texts[0].at(1), "[3]");
}

TEST_F(CsvRows, of_windows_or_without_a_last_line_end_are_the_same) {
  const std::string unix_rows = "id,label\n1,a\n2,b\n";
  std::string windows;
  for (const char c : unix_rows) windows += c == '\n' ? "\r\n" : std::string(1, c);
  const std::string expected = shown(read(unix_rows, asking({"label"})));
  EXPECT_EQ(shown(read(windows, asking({"label"}))), expected);
  EXPECT_EQ(shown(read("\xef\xbb\xbf" + windows, asking({"label"}))), expected);
  EXPECT_EQ(shown(read("id,label\n1,a\n\n2,b", asking({"label"}))), expected);
}

TEST_F(CsvRows, without_a_value_have_none) {
  const RowTable table =
      read("id,label,score,cluster,sample,error\n1,,,,,\n2,a,1,c,3,late\n", asking({"label"}, {"score"}));
  EXPECT_THAT(words_in(table), ElementsAre("-", "a"));
  EXPECT_EQ(number_in(table, 0), std::nullopt);
  ASSERT_EQ(table.failed.size(), 1u);
  EXPECT_EQ(table.failed[0].row, 1u);
  EXPECT_EQ(table.keys[1], key_of_sample(2, 3));
  EXPECT_EQ(table.clusters[0], own_cluster(1));
  EXPECT_EQ(table.clusters[1], key_of_id("c"));
}

TEST_F(CsvRows, of_nested_fields_are_called_by_their_paths) {
  const RowTable table =
      read("id,slices.lang,scores.refund,answer\n1,zh,0.25,x\n",
           asking({"slices.lang", "prediction"}, {"scores.refund"}, {}, {{"prediction", "answer"}}));
  EXPECT_THAT(words_in(table, 0), ElementsAre("zh"));
  EXPECT_THAT(words_in(table, 1), ElementsAre("x"));
  EXPECT_EQ(number_in(table, 0), 0.25);
}

TEST_F(CsvRows, that_are_wrong_are_named_with_their_line) {
  const RowRequest request = asking({"label"}, {"score"});
  const auto third = [&](const std::string& row) {
    return error_in("id,label,score\n1,a,1\n" + row + "\n3,b,2\n", request);
  };
  EXPECT_EQ(third("2,b"), ":3: has 2 fields, and the header 3");
  EXPECT_EQ(third("2,b,1,x"), ":3: has 4 fields, and the header 3");
  EXPECT_EQ(third(",b,1"), ":3: has no id\n  Every row needs one, a text or a whole number.");
  EXPECT_EQ(third("2,b,x"), ":3: 'score' must be a number, and is 'x'");
  EXPECT_EQ(third("2,b,nan"), ":3: 'score' must be a number, and is 'nan'");
  EXPECT_EQ(third("2,b,1e999"), ":3: 'score' must be a number, and is '1e999'");
  EXPECT_EQ(third("2,b,1 "), ":3: 'score' must be a number, and is '1 '");
  EXPECT_EQ(third("2,b\"c,1"), ":3: has a quote within a field that is not quoted");
  EXPECT_EQ(third("2,\"b\"c,1"), ":3: has text behind a quoted field");
  EXPECT_THAT(third("2,\"b,1"), HasSubstr(":3: "));
  EXPECT_EQ(error_in("id,label,sample\n1,a,x\n", request), ":2: 'sample' must be a whole number, and is 'x'");
}

TEST_F(CsvRows, with_a_wrong_header_are_refused) {
  EXPECT_EQ(
      error_in("label,score\na,1\n", asking({"label"})),
      ":1: has no column of ids\n  Every row needs an 'id'; --field id=NAME if it is called otherwise.");
  EXPECT_EQ(error_in("id,label,label\n1,a,b\n", asking({"label"})), ":1: has the column 'label' twice");
  EXPECT_EQ(error_in("id,other,other\n1,a,b\n", asking({"label"})), "") << "nobody asks for it";
  EXPECT_EQ(error_in("id,label\n", asking({"label"})),
            ": has no rows\n  A row for each example was expected.");
  EXPECT_THAT(error_in("one column\n1\n", {}), HasSubstr("holds neither rows of JSON nor CSV"));
}

}  // namespace
}  // namespace modelgate
