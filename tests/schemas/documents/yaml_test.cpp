#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/documents/node.h"
#include "tests/schemas/fixtures/error_of.h"

namespace modelgate {
namespace {

using namespace std::string_literals;

struct Slip {
  std::string name, yaml, error;
};

void PrintTo(const Slip& slip, std::ostream* out) { *out << slip.yaml; }

class YamlSlips : public ::testing::TestWithParam<Slip> {};

TEST_P(YamlSlips, is_named_with_its_place) {
  EXPECT_EQ(error_of([] { parse_yaml(GetParam().yaml, "p.yaml"); }), GetParam().error);
}

const std::string write_out = "\n  Write the value out.", text_meant = " if text is meant.";
const std::string indentation =
    "\n  Check the indentation of this line and the one before; a text that holds ': ' needs quotes.";
const std::string one_document =
    "\n  A file holds one document; what follows must fit in with what stands above.";

const Slip slips[] = {
    {"nothing", "", "p.yaml: is empty\n  A YAML document was expected."},
    {"only_comments", "# a\n  # b\n", "p.yaml: is empty\n  A YAML document was expected."},
    {"same_key_twice", "a: 1\nb: {c: 1, c: 2}\n",
     "p.yaml:2:11: the key 'c' is there twice\n  Keep one of the two."},
    {"same_key_twice_in_quotes", "a: 1\n\"a\": 2\n",
     "p.yaml:2:1: the key 'a' is there twice\n  Keep one of the two."},
    {"octal", "a: 012\n", "p.yaml:1:4: a number must not begin with 0: 012\n  Write \"012\"" + text_meant},
    {"octal_negative", "a: -007\n",
     "p.yaml:1:4: a number must not begin with 0: -007\n  Write \"-007\"" + text_meant},
    {"nan", "a: .NaN\n", "p.yaml:1:4: .NaN is not a number that can be used\n  Write \".NaN\"" + text_meant},
    {"bare_nan", "a: nan\n",
     "p.yaml:1:4: nan is not a number that can be used\n  Write \"nan\"" + text_meant},
    {"infinity", "a: -.inf\n",
     "p.yaml:1:4: -.inf is not a number that can be used\n  Write \"-.inf\"" + text_meant},
    {"over_large", "a: 1e999\n", "p.yaml:1:4: the number 1e999 is too large"},
    {"anchor", "a: &x 1\n", "p.yaml:1:4: anchors (&name) are not allowed" + write_out},
    {"anchor_of_a_list", "a: &x [1]\n", "p.yaml:1:4: anchors (&name) are not allowed" + write_out},
    {"anchor_of_a_key", "&x a: 1\n", "p.yaml:1:1: anchors (&name) are not allowed" + write_out},
    {"alias", "a: *x\n",
     "p.yaml:1:4: aliases (*name) are not allowed\n  Write the value out, or put the text in quotes."},
    {"alias_bomb", "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n",
     "p.yaml:1:4: anchors (&name) are not allowed" + write_out},
    {"tag", "a: !!int 1\n",
     "p.yaml:1:4: tags (tag:yaml.org,2002:int) are not allowed\n  Put it in double quotes if it is text."},
    {"tag_of_a_key", "!!str a: 1\n",
     "p.yaml:1:1: tags (tag:yaml.org,2002:str) are not allowed\n  Put it in double quotes if it is text."},
    {"tag_of_a_map", "a: !!map {}\n",
     "p.yaml:1:4: tags (tag:yaml.org,2002:map) are not allowed\n  Put it in double quotes if it is text."},
    {"tag_of_nothing", "a: ! b\n",
     "p.yaml:1:4: tags (!) are not allowed\n  Put it in double quotes if it is text."},
    {"python_object", "a: !!python/object/apply:os.system [x]\n",
     "p.yaml:1:4: tags (tag:yaml.org,2002:python/object/apply:os.system) are not allowed\n  Put it in double "
     "quotes if "
     "it is text."},
    {"merge_key", "<<: {a: 1}\n", "p.yaml:1:1: merge keys (<<) are not allowed\n  Write the fields out."},
    {"second_document", "a: 1\n---\nb: 2\n", "p.yaml:2:1: a second document begins here" + one_document},
    {"second_document_without_dashes", "- a\nb: 2\n",
     "p.yaml:2:1: a second document begins here" + one_document},
    {"number_as_key", "1: a\n", "p.yaml:1:1: a key must be text, and 1 is not\n  Put it in double quotes."},
    {"boolean_as_key", "{true: a}\n",
     "p.yaml:1:2: a key must be text, and true is not\n  Put it in double quotes."},
    {"null_as_key", "~: a\n", "p.yaml:1:1: a key must be text\n  Put it in double quotes."},
    {"list_as_key", "[a]: b\n",
     "p.yaml:1:1: a key must be text\n  If no key is meant, a closing bracket may be missing."},
    {"tab_as_indentation", "a:\n\tb: 1\n", "p.yaml:2:3: a tab stands in the indentation\n  Use blanks."},
    {"tab_behind_blanks", "a:\n  b: 1\n \tc: 1\n",
     "p.yaml:3:2: a tab stands in the indentation\n  Use blanks."},
    {"double_quote_not_closed", "a: \"x\nb: 1\n", "p.yaml:1:4: a text in quotes is not closed"},
    {"single_quote_not_closed", "a: 'it''s\n", "p.yaml:1:4: a text in quotes is not closed"},
    {"bracket_not_closed", "a: [1, 2\nb: 3\n",
     "p.yaml:2:2: a '[' before this is not closed\n  Texts with commas or brackets need quotes."},
    {"brace_not_closed", "a: {b: 1\n",
     "p.yaml:2:1: a '{' before this is not closed\n  Texts with commas or brackets need quotes."},
    {"brace_closes_nothing", "{a: b}}\n",
     "p.yaml:1:7: a '}' or ']' closes nothing\n  Remove it, or put the text in quotes."},
    {"colon_in_text", "a: b: c\n", "p.yaml:1:5: a ':' stands where no key can be" + indentation},
    {"too_far_in", "a: 1\n b: 2\n", "p.yaml:2:3: a ':' stands where no key can be" + indentation},
    {"not_far_enough_in", "a:\n  b: 1\n c: 2\n",
     "p.yaml:3:2: this does not fit in with what stands before it\n  Check the indentation and the quotes."},
    {"backtick", "a: `x`\n", "p.yaml:1:4: a value cannot begin with '`'\n  Put the text in quotes."},
    {"unknown_escape", "a: \"\\q\"\n",
     "p.yaml:1:7: a text in double quotes holds a backslash that begins no escape of YAML\n  Write \\\\ for "
     "a backslash, "
     "or use single quotes."},
    {"half_a_surrogate_pair", "a: \"\\ud800\"\n",
     "p.yaml:1:11: a text in double quotes holds a backslash that begins no escape of YAML\n  Write \\\\ for "
     "a backslash, "
     "or use single quotes."},
    {"nul_by_escape", "a: \"\\0\"\n", "p.yaml:1:4: a text holds a NUL character"},
    {"nul_byte", "a: \0b\n"s,
     "p.yaml:1:4: holds a NUL byte, so it is no text\n  The file may be binary, UTF-16, or damaged."},
    {"what_yaml_cpp_takes_for_the_end", "a: b\n\x04\nc: d\n",
     "p.yaml:2:1: holds a control character (\\x04), which no YAML may\n  Write it as an escape in double "
     "quotes."},
    {"not_utf8", "a: \xff\n", "p.yaml:1:4: holds bytes that are not UTF-8\n  Save the file as UTF-8."},
    {"utf16", "\xff\xfe"s + "a\0:\0"s,
     "p.yaml:1:4: holds a NUL byte, so it is no text\n  The file may be binary, UTF-16, or damaged."},
    {"column_in_characters", "{客服: \"客\", 服: 012}\n",
     "p.yaml:1:14: a number must not begin with 0: 012\n  Write \"012\"" + text_meant},
    {"behind_a_byte_order_mark",
     "\xef\xbb\xbf"
     "a: 012\n",
     "p.yaml:1:4: a number must not begin with 0: 012\n  Write \"012\"" + text_meant},
    {"windows_lines", "a: 1\r\nb: 012\r\n",
     "p.yaml:2:4: a number must not begin with 0: 012\n  Write \"012\"" + text_meant},
    {"newer_yaml", "%YAML 3.0\n---\na: 1\n", "p.yaml:1:1: not valid YAML: YAML major version too large"},
};

INSTANTIATE_TEST_SUITE_P(Each, YamlSlips, ::testing::ValuesIn(slips),
                         [](const auto& info) { return info.param.name; });

TEST(Yaml, takes_windows_line_ends_and_a_byte_order_mark) {
  Fields fields(
      parse_yaml("\xef\xbb\xbf"
                 "a: x\r\nb:\r\n  - y\r\n",
                 "p"));
  EXPECT_EQ(fields.text("a"), "x");
  EXPECT_EQ(fields.required("b").texts(), std::vector<std::string>{"y"});
}

TEST(Yaml, takes_only_true_and_false_for_booleans) {
  Fields fields(parse_yaml("{a: true, b: yes, c: off, d: True, e: \"true\"}", "p"));
  EXPECT_TRUE(fields.required("a").boolean());
  for (const char* key : {"b", "c", "d", "e"}) EXPECT_TRUE(fields.required(key).is_text()) << key;
}

TEST(Yaml, takes_only_decimal_numbers_for_numbers) {
  Fields fields(
      parse_yaml("{a: 1.5e-3, b: -0, c: 0x10, d: 0o7, e: 1_000, f: +5, g: .5, h: 5., i: '1', j: 1:30}", "p"));
  EXPECT_EQ(fields.required("a").number(), 0.0015);
  EXPECT_EQ(fields.required("b").number(), 0);
  for (const char* key : {"c", "d", "e", "f", "g", "h", "i", "j"})
    EXPECT_TRUE(fields.required(key).is_text()) << key;
}

TEST(Yaml, keeps_blocks_and_quotes_as_text) {
  Fields fields(parse_yaml("a: |\n  012\n  \"not closed\nb: '012'\nc: >-\n  null\nd: \"tab\\there\"\n", "p"));
  EXPECT_EQ(fields.text("a"), "012\n\"not closed\n");
  EXPECT_EQ(fields.text("b"), "012");
  EXPECT_EQ(fields.text("c"), "null");
  EXPECT_EQ(fields.text("d"), "tab\there");
}

TEST(Yaml, knows_where_a_value_and_a_key_stand) {
  const Node document = parse_yaml("a:\n  b:\n    - 1\n    - x\n", "p.yaml");
  Fields top(document), inner(top.required("a"));
  EXPECT_EQ(document.where(), "p.yaml:1:1");
  EXPECT_EQ(inner.required("b").items()[1].where(), "p.yaml:4:7");
  EXPECT_EQ(error_of([&] { Fields(top.required("a")).finish(); }),
            "p.yaml:2:3: unknown key 'b'\n  Known here: .");
}

}  // namespace
}  // namespace modelgate
