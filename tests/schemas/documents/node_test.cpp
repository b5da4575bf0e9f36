#include "schemas/documents/node.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/schemas/fixtures/error_of.h"
#include "tests/schemas/fixtures/temporary_folder.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

Node value(const std::string& json) {
  return Fields(parse_json("{\"v\": " + json + "}", "d.json")).required("v");
}

TEST(Node, says_what_it_expected_and_what_it_found) {
  EXPECT_EQ(error_of([] { value("1.50").text(); }),
            "d.json#/v: expected text, found a number (1.50)\n  Put it in double quotes: \"1.50\".");
  EXPECT_EQ(error_of([] { value("true").text(); }),
            "d.json#/v: expected text, found true or false (true)\n  Put it in double quotes: \"true\".");
  EXPECT_EQ(error_of([] { value("\"7\"").number(); }),
            "d.json#/v: expected a number, found text (\"7\")\n  Write it without quotes: 7.");
  EXPECT_EQ(error_of([] { value("\"x\"").number(); }), "d.json#/v: expected a number, found text (\"x\")");
  EXPECT_EQ(error_of([] { value("null").number(); }), "d.json#/v: expected a number, found nothing (null)");
  EXPECT_EQ(error_of([] { value("[]").boolean(); }), "d.json#/v: expected true or false, found a list");
  EXPECT_EQ(error_of([] { value("{}").items(); }), "d.json#/v: expected a list, found a map");
  EXPECT_EQ(error_of([] { value("[]").text_map(); }), "d.json#/v: expected a map, found a list");
  EXPECT_EQ(error_of([] { value("[]").scalar(); }), "d.json#/v: expected text or a number, found a list");
  EXPECT_EQ(error_of([] { Fields(value("3")); }), "d.json#/v: expected a map, found a number (3)");
}

TEST(Node, takes_only_whole_numbers_that_a_double_holds) {
  EXPECT_EQ(value("9000000000000000").integer(), 9000000000000000);
  EXPECT_EQ(value("-9000000000000000").integer(), -9000000000000000);
  EXPECT_EQ(error_of([] { value("9000000000000001").integer(); }),
            "d.json#/v: the whole number 9000000000000001 is too large");
  for (const char* large : {"9223372036854775808", "-9223372036854775809", "123456789012345678901234567890"})
    EXPECT_EQ(error_of([&] { value(large).integer(); }),
              std::string("d.json#/v: the whole number ") + large + " is too large");
  EXPECT_EQ(error_of([] { value("1.0").integer(); }), "d.json#/v: expected a whole number, found 1.0");
  EXPECT_EQ(error_of([] { value("1e2").integer(); }), "d.json#/v: expected a whole number, found 1e2");
  EXPECT_EQ(value("-0").integer(), 0);
  EXPECT_EQ(error_of([] { value("-1").integer_at_least(0); }),
            "d.json#/v: expected a whole number of at least 0, found -1");
}

TEST(Node, keeps_numbers_within_their_bounds) {
  EXPECT_EQ(value("0.5").number_between(0, 0.5), 0.5);
  EXPECT_EQ(error_of([] { value("0.51").number_between(0, 0.5); }),
            "d.json#/v: 0.51 is not between 0 and 0.5");
  EXPECT_EQ(error_of([] { value("-1e300").number_between(0.000001, 1); }),
            "d.json#/v: -1e300 is not between 0.000001 and 1");
}

TEST(Node, suggests_the_nearest_choice) {
  EXPECT_EQ(error_of([] {
              value("\"lwoer\"").choice({"lower", "higher"});
            }),
            "d.json#/v: 'lwoer' is none of lower, higher\n  Did you mean 'lower'?");
  EXPECT_EQ(error_of([] {
              value("\"\"").choice({"lower", "higher"});
            }),
            "d.json#/v: '' is none of lower, higher");
}

TEST(Node, quotes_only_the_beginning_of_what_it_found) {
  const std::string endless(1000, 'x'),
      chinese = "\"" + std::string(40, 'x') + "客服客服客服客服客服客服客服\"";
  EXPECT_THAT(error_of([&] { value("\"" + endless + "\"").number(); }),
              HasSubstr(std::string(80, 'x') + "…"));
  EXPECT_THAT(error_of([&] { value("\"" + endless + "\"").choice({"a"}); }), HasSubstr("x…' is none of"));
  EXPECT_THAT(error_of([&] { parse_json("{\"" + endless + "\": 1, \"" + endless + "\": 1}", "d"); }),
              HasSubstr("x…' is there twice"));
  EXPECT_THAT(error_of([&] { Fields(value("{\"" + endless + "\": 1}")).finish(); }), HasSubstr("x…'"));
  EXPECT_THAT(error_of([&] { value(chinese).number(); }), HasSubstr("客…\")")) << "cut between characters";
}

TEST(Node, is_found_by_its_pointer) {
  const Node root = parse_json(R"({"a/b": [{"~": [1, "x"]}, {"": {"k": null}}]})", "d.json");
  EXPECT_EQ(root.where(), "d.json");
  Fields fields(root);
  const std::vector<Node> items = fields.required("a/b").items();
  EXPECT_EQ(items[1].where(), "d.json#/a~1b/1");
  EXPECT_EQ(Fields(items[0]).required("~").items()[1].where(), "d.json#/a~1b/0/~0/1");
  EXPECT_EQ(Fields(Fields(items[1]).required("")).required("k").where(), "d.json#/a~1b/1//k");
}

TEST(Fields, name_a_key_that_nobody_knows) {
  const auto reading = [](const std::string& json) {
    Fields fields(parse_json(json, "d.json"));
    fields.text("margin");
    fields.optional("filter");
    fields.finish();
  };
  reading(R"({"margin": "5%"})");
  EXPECT_EQ(error_of([&] { reading(R"({"margin": "5%", "fliter": 1})"); }),
            "d.json#/fliter: unknown key 'fliter'\n  Did you mean 'filter'?");
  EXPECT_EQ(error_of([&] { reading(R"({"margin": "5%", "zebra": 1})"); }),
            "d.json#/zebra: unknown key 'zebra'\n  Known here: margin, filter.");
  EXPECT_EQ(error_of([&] { reading(R"({"margni": "5%"})"); }),
            "d.json: 'margin' is missing\n  There is 'margni'; is 'margin' meant?");
  EXPECT_EQ(error_of([&] { reading(R"({})"); }), "d.json: 'margin' is missing");
}

TEST(Fields, do_not_take_null_for_absent) {
  Fields fields(parse_json(R"({"a": null})", "d.json"));
  EXPECT_EQ(error_of([&] { fields.text_or("a", "x"); }), "d.json#/a: expected text, found nothing (null)");
  EXPECT_EQ(error_of([&] { fields.optional_number("a"); }),
            "d.json#/a: expected a number, found nothing (null)");
}

TEST(Documents, say_which_document_was_expected) {
  const auto reading = [](const std::string& json) {
    Fields fields(parse_json(json, "d.json"));
    expect_document(fields, "verdict", 1);
  };
  reading(R"({"schema": "modelgate/verdict", "version": 1})");
  EXPECT_EQ(error_of([&] { reading(R"({"schema": "modelgate/plan", "version": 1})"); }),
            "d.json#/schema: this is a plan document, and a verdict document is expected");
  EXPECT_EQ(error_of([&] { reading(R"({"schema": "verdict", "version": 1})"); }),
            "d.json#/schema: 'verdict' is not 'modelgate/verdict'");
  EXPECT_EQ(
      error_of([&] { reading(R"({"version": 1})"); }),
      "d.json: 'schema' is missing, so it is no document of modelgate\n  A verdict document holds schema: "
      "\"modelgate/verdict\".");
  EXPECT_EQ(error_of([&] { reading(R"({"schema": "modelgate/verdict", "version": 2})"); }),
            "d.json#/version: version 2 is not supported\n  This program reads version 1.");
  EXPECT_EQ(error_of([&] { reading("[]"); }), "d.json: expected a map, found a list");
}

TEST(Documents, are_told_apart_by_the_ending_of_the_file) {
  const TemporaryFolder folder;
  EXPECT_TRUE(read_document(folder.with("a b.yaml", "a: b\n")).is_object());
  EXPECT_TRUE(read_document(folder.with("a.yml", "a: b\n")).is_object());
  EXPECT_TRUE(read_document(folder.with("a.json", "{}")).is_object());
  EXPECT_THAT(error_of([&] { read_document(folder.with("b.json", "a: b\n")); }), HasSubstr("b.json:1:1: "));
}

TEST(Documents, that_cannot_be_read_are_named) {
  const TemporaryFolder folder;
  EXPECT_THAT(error_of([&] { read_document(folder / "none.json"); }, ErrorKind::infrastructure),
              HasSubstr("none.json: cannot be opened: No such file"));
  EXPECT_THAT(error_of([&] { read_document(folder.path()); }, ErrorKind::infrastructure),
              HasSubstr("is not a regular file"));
  EXPECT_THAT(error_of([&] { read_document(folder.with("empty.json", "")); }),
              HasSubstr("empty.json: is empty"));
  EXPECT_THAT(error_of([&] { read_document(folder.with("empty.yaml", "")); }),
              HasSubstr("empty.yaml: is empty"));
}

}  // namespace
}  // namespace modelgate
