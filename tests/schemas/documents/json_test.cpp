#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "schemas/documents/node.h"
#include "tests/schemas/fixtures/error_of.h"

namespace modelgate {
namespace {

using namespace std::string_literals;

struct Slip {
  std::string name, json, error;
};

void PrintTo(const Slip& slip, std::ostream* out) { *out << slip.json; }

class JsonSlips : public ::testing::TestWithParam<Slip> {};

TEST_P(JsonSlips, is_named_with_its_place) {
  EXPECT_EQ(error_of([] { parse_json(GetParam().json, "d.json"); }), GetParam().error);
}

const Slip slips[] = {
    {"nothing", "", "d.json: is empty\n  A JSON document was expected."},
    {"blanks", " \r\n\t", "d.json: is empty\n  A JSON document was expected."},
    {"cut_off_object",
     "{\n \"a\":", "d.json:2:6: the JSON ends too early\n  The file may have been cut off."},
    {"cut_off_text", "[\"a", "d.json:1:4: the JSON ends too early\n  The file may have been cut off."},
    {"cut_off_word", "[tru", "d.json:1:5: the JSON ends too early\n  The file may have been cut off."},
    {"comma_before_brace", "{\"a\": 1,\n}",
     "d.json:2:1: a comma stands before the closing '}'\n  Remove the comma."},
    {"comma_before_bracket", "[1,]",
     "d.json:1:4: a comma stands before the closing ']'\n  Remove the comma."},
    {"no_colon", "{\"a\" 1}", "d.json:1:6: a ':' is missing before '1'"},
    {"no_comma_in_list", "[1 22]", "d.json:1:4: a comma or a ']' is missing before '22'"},
    {"no_comma_in_map", "{\"a\": 1 \"b\\\"\": 2}",
     "d.json:1:9: a comma or a '}' is missing before '\"b\\\"'"},
    {"wrong_bracket", "[1}", "d.json:1:3: a comma or a ']' is missing before '}'"},
    {"two_commas", "[1,,2]", "d.json:1:4: not valid JSON near ','"},
    {"no_value", "{\"a\":}", "d.json:1:6: not valid JSON near '}'"},
    {"key_without_quotes", "{a: 1}", "d.json:1:2: a key in double quotes is missing before 'a'"},
    {"number_as_key", "{1: 1}", "d.json:1:2: a key in double quotes is missing before '1'"},
    {"single_quotes", "{\"a\": 'b'}",
     "d.json:1:7: a text of JSON stands in double quotes, not in single ones"},
    {"leading_zero", "[012]",
     "d.json:1:2: a number must not begin with 0: 012\n  Write it without the zero, or in double quotes."},
    {"negative_leading_zero", "[1, -07.5]",
     "d.json:1:5: a number must not begin with 0: -07.5\n  Write it without the zero, or in double quotes."},
    {"nan", "[NaN]", "d.json:1:2: NaN is no number of JSON\n  Leave out what was not measured."},
    {"infinity", "[Infinity]",
     "d.json:1:2: Infinity is no number of JSON\n  Leave out what was not measured."},
    {"minus_infinity", "[-Infinity]",
     "d.json:1:2: -Infinity is no number of JSON\n  Leave out what was not measured."},
    {"over_large", "[1e999]", "d.json:1:2: the number 1e999 is too large"},
    {"over_large_negative", "[0, -1.5e309]", "d.json:1:5: the number -1.5e309 is too large"},
    {"hexadecimal", "[0x10]", "d.json:1:2: '0x10' is no value of JSON"},
    {"plus", "[+1]", "d.json:1:2: '+1' is no value of JSON"},
    {"only_a_point", "[.5]", "d.json:1:2: '.5' is no value of JSON"},
    {"nothing_behind_the_point", "[5.]", "d.json:1:2: '5.' is no value of JSON"},
    {"misspelt", "[nul]", "d.json:1:2: 'nul' is no value of JSON"},
    {"of_python", "[True]", "d.json:1:2: 'True' is no value of JSON\n  JSON writes true, false and null."},
    {"comment_of_slashes", "// c\n{}", "d.json:1:1: JSON has no comments\n  Remove the comment."},
    {"comment_of_stars", "[1 /* c */]", "d.json:1:4: JSON has no comments\n  Remove the comment."},
    {"comment_of_hash", "{} # c", "d.json:1:4: JSON has no comments\n  Remove the comment."},
    {"second_document", "{}\n{}",
     "d.json:2:1: something follows the end of the document: '{'\n  A file holds one JSON document."},
    {"garbage_behind", "{} x",
     "d.json:1:4: something follows the end of the document: 'x'\n  A file holds one JSON document."},
    {"line_break_in_text", "[\"a\nb\"]",
     "d.json:1:4: a text holds a line break or another control character\n  Write it as \\n, \\t or "
     "\\u0007."},
    {"unknown_escape", "[\"\\q\"]",
     "d.json:1:4: a text holds a backslash that begins no escape of JSON\n  Write \\\\ for a backslash."},
    {"half_a_pair_high", "[\"\\ud800\"]",
     "d.json:1:9: a text holds one half of a surrogate pair\n  Write both halves, as \\ud83d\\ude00."},
    {"half_a_pair_low", "[\"\\udc00\"]",
     "d.json:1:8: a text holds one half of a surrogate pair\n  Write both halves, as \\ud83d\\ude00."},
    {"not_utf8", "[\"\xff\"]", "d.json:1:3: holds bytes that are not UTF-8\n  Save the file as UTF-8."},
    {"surrogate_in_utf8", "[\"\xed\xa0\x80\"]",
     "d.json:1:3: holds bytes that are not UTF-8\n  Save the file as UTF-8."},
    {"nul_behind_the_document", "[1]\0[2]"s,
     "d.json:1:4: holds a NUL byte, so it is no text\n  The file may be binary, UTF-16, or damaged."},
    {"utf16", "\xff\xfe{\0}\0"s,
     "d.json:1:4: holds a NUL byte, so it is no text\n  The file may be binary, UTF-16, or damaged."},
    {"column_in_characters", "{\"客服\": 012}",
     "d.json:1:8: a number must not begin with 0: 012\n  Write it without the zero, or in double quotes."},
    {"windows_lines", "{\r\n\"a\" 1}", "d.json:2:5: a ':' is missing before '1'"},
    {"twice_the_same_key", "{\"a/b\": {\"~\": 1, \"~\": 2}}",
     "d.json#/a~1b/~0: the key '~' is there twice\n  Keep one of the two."},
    {"twice_by_escapes", "{\"a\": 1, \"\\u0061\": 2}",
     "d.json#/a: the key 'a' is there twice\n  Keep one of the two."},
};

INSTANTIATE_TEST_SUITE_P(Each, JsonSlips, ::testing::ValuesIn(slips),
                         [](const auto& info) { return info.param.name; });

TEST(Json, takes_what_is_valid_though_unusual) {
  EXPECT_TRUE(parse_json("\xef\xbb\xbf{\"a\": 1}\r\n", "d").is_object());
  EXPECT_EQ(parse_json("\"\\ud83d\\ude00\"", "d").text(), "😀");
  EXPECT_EQ(parse_json("-0", "d").number(), 0);
  EXPECT_TRUE(std::signbit(parse_json("-0.0", "d").number()));
  EXPECT_EQ(parse_json("1e-999", "d").number(), 0);
  EXPECT_EQ(parse_json("\"a\\u0000b\"", "d").text(), "a\0b"s) << "a test's output may hold a NUL";
  EXPECT_TRUE(parse_json("null", "d").is_null());
  EXPECT_TRUE(parse_json("true", "d").boolean());
  EXPECT_EQ(parse_json("[1, [2], {\"\": 3}]", "d").items().size(), 3u);
}

}  // namespace
}  // namespace modelgate
