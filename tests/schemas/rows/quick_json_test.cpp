// The quick reading must say what the parser says.

#include "schemas/rows/quick_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "schemas/rows/json_rows.h"
#include "schemas/rows/row_assembly.h"
#include "schemas/rows/row_parser.h"
#include "tests/schemas/rows/rows_of.h"

namespace modelgate {
namespace {

const RowRequest request = asking({"label", "slices.lang"}, {"score", "scores.a", "scores.1"},
                                  {"output", "refs"}, {}, {"refs", "label"});

std::string with_padding(const std::string& text) { return text + std::string(LineBlock::padding, '\0'); }

/// What a block holds, put together.
std::string shown_block(RowBlock& block) {
  RowAssembly assembly("x", request);
  assembly.add(block);
  return shown(std::move(assembly).table());
}

/// Reads one line by a layout that was learned from another; none if it is not laid out so.
std::optional<std::string> quickly(const std::string& learned, const std::string& line) {
  const std::vector<RowField> fields = fields_of(request);
  QuickJson quick(fields);
  quick.learn(learned);
  RowBlock block(request.words.size(), request.numbers.size(), request.texts.size(), request.digests.size());
  const std::string text = with_padding(line + "\n");
  const char* at = text.data();
  if (!quick.read(at, text.data() + line.size() + 1, block)) {
    EXPECT_EQ(block.rows(), 0u);
    EXPECT_EQ(at, text.data());
    return std::nullopt;
  }
  EXPECT_EQ(at, text.data() + line.size() + 1);
  return shown_block(block);
}

std::optional<std::string> by_parser(const std::string& line) {
  const std::vector<RowField> fields = fields_of(request);
  JsonRowReader reader(fields);
  RowBlock block(request.words.size(), request.numbers.size(), request.texts.size(), request.digests.size());
  return reader.read(line, line.size(), block) ? std::optional(shown_block(block)) : std::nullopt;
}

TEST(QuickJson, reads_rows_that_are_laid_out_alike) {
  const std::string first =
      R"({"id": 1, "label": "a", "slices": {"lang": "en"}, "scores": [0.5, 1], "x": -2.5e3, "y": null})";
  const std::string second =
      R"({"id": 23, "label": "", "slices": {"lang": "zh"}, "scores": [7, 0.125], "x": 1, "y": null})";
  ASSERT_TRUE(quickly(first, second));
  EXPECT_EQ(quickly(first, second), by_parser(second));
}

TEST(QuickJson, leaves_what_is_otherwise_to_the_parser) {
  const std::string learned = R"({"id": "a", "label": "b", "score": 1, "n": 5})";
  for (const char* other :
       {R"({"id": "a", "label": "b", "score": 1, "n": 5} )",
        R"({"id":"a", "label": "b", "score": 1, "n": 5})",
        R"({"id": "a", "label": "b\n", "score": 1, "n": 5})",
        R"({"id": "a", "label": "é", "score": 1, "n": 5})",
        R"({"id": "a", "label": "b", "score": "1", "n": 5})",
        R"({"id": "a", "label": "b", "score": 01, "n": 5})",
        R"({"id": "a", "label": "b", "score": 1., "n": 5})",
        R"({"id": "a", "label": "b", "score": 1, "n": 5, "m": 1})",
        R"({"id": "", "label": "b", "score": 1, "n": 5})",
        R"({"id": "a", "label": "b", "score": 1, "n": 1e999})",
        R"({"id": "a", "label": "b", "score": 1, "n": -})", R"({"id": "a", "label": "b)", R"({"id)", ""})
    EXPECT_EQ(quickly(learned, other), std::nullopt) << other;
  EXPECT_NE(quickly(learned, R"({"id": "a", "label": "b", "score": -0.5e-1, "n": 0})"), std::nullopt);
  const std::string number_id = R"({"id": 1, "label": 5})";
  for (const char* other :
       {R"({"id": -1, "label": 5})", R"({"id": 1.0, "label": 5})", R"({"id": 1, "label": 0.5})",
        R"({"id": 1e2, "label": 5})", R"({"id": 1, "label": -5})", R"({"id": 01, "label": 5})"})
    EXPECT_EQ(quickly(number_id, other), std::nullopt) << other;
}

TEST(QuickJson, reads_lists_and_maps_as_texts_whatever_is_in_them) {
  const std::string learned = R"({"id": 1, "refs": ["a", "b"], "label": "c"})";
  for (const char* line :
       {R"({"id": 2, "refs": ["x"], "label": "c"})", R"({"id": 2, "refs": [], "label": "c"})",
        R"({"id": 2, "refs": [ ], "label": "c"})", R"({"id": 2, "refs": [3, 0 ,"1", ""], "label": "c"})",
        R"({"id": 2, "refs": [[1], {"a": [true, null], "b":{}}, false], "label": "c"})",
        R"({"id": 2, "refs": {"a b": "c d"}, "label": "c"})"}) {
    ASSERT_NE(quickly(learned, line), std::nullopt) << line;
    EXPECT_EQ(quickly(learned, line), by_parser(line));
  }
  for (const char* other :
       {R"({"id": 2, "refs": ["é"], "label": "c"})", R"({"id": 2, "refs": ["\n"], "label": "c"})",
        R"({"id": 2, "refs": [1.5], "label": "c"})", R"({"id": 2, "refs": [01], "label": "c"})",
        R"({"id": 2, "refs": [-1], "label": "c"})", R"({"id": 2, "refs": [truE], "label": "c"})",
        R"({"id": 2, "refs": {"a"}, "label": "c"})", R"({"id": 2, "refs": {"a": 1,}, "label": "c"})",
        R"({"id": 2, "refs": [1}, "label": "c"})",
        R"({"id": 2, "refs": [[[[[[[[[[1]]]]]]]]]], "label": "c"})",
        R"({"id": 2, "refs": ["a",], "label": "c"})", R"({"id": 2, "refs": ["a" "b"], "label": "c"})",
        R"({"id": 2, "refs": ["a", "label": "c"})", R"({"id": 2, "refs": "a", "label": "c"})",
        R"({"id": 2, "refs": ["a")", R"({"id": 2, "refs": [)"})
    EXPECT_EQ(quickly(learned, other), std::nullopt) << other;
}

TEST(QuickJson, agrees_with_the_parser_on_every_row_that_it_takes) {
  std::mt19937 random(3);
  const auto pick = [&](const std::vector<std::string>& texts) { return texts[random() % texts.size()]; };
  const auto row = [&] {
    std::string text = "{\"id\": " + pick({"1", "77", "\"x\"", "\"7\"", "0", "-3", "1.5", "\"\""});
    text +=
        ", \"label\": " + pick({"\"a\"", "\"退\"", "\"a\\\"b\"", "3", "true", "null", "0.5", "[1]", "-1"});
    text += pick({"", ", \"score\": " + pick({"1", "0.25", "-1e-2", "01", "1e400", "\"x\"", "null", ".5"})});
    text += pick({"", ", \"scores\": " +
                          pick({"[1, 2]", "{\"a\": 0.5}", "[]", "{\"a\": \"x\"}", "{\"a\": 1, \"a\": 2}"})});
    text += pick({"", ", \"slices\": {\"lang\": " + pick({"\"en\"", "7", "null"}) + "}"});
    text += pick({"", ", \"other\": " + pick({"\"t\x01\"", "[{\"a\": [1, \"b\"]}]", "1e", "tru", "{}"})});
    text += pick({"", ", \"sample\": " + pick({"0", "2", "-1", "1.0"})});
    text += pick({"", ", \"output\": " + pick({"\"o\"", "1", "true", "[1, {}]"})});
    text += pick({"", ", \"refs\": " + pick({"[\"a\", \"b\"]", "[ 1,2 ]", "[]", "[\"\\u00e9\"]", "[[1]]", "7",
                                             "{\"a\": 1}", "[1, 2.0]", "\"r\"", "[-1]"})});
    text += pick({"}", "}", "}", "} ", ""});
    if (random() % 8 == 0) text[random() % text.size()] = static_cast<char>(random() % 256);
    return text;
  };
  int taken = 0;
  for (int i = 0; i < 120'000; ++i) {
    const std::string learned = row(), line = random() % 2 == 0 ? row() : learned;
    if (!by_parser(learned)) continue;
    const auto quick = quickly(learned, line);
    if (!quick) continue;
    ++taken;
    ASSERT_EQ(quick, by_parser(line)) << learned << "\n" << line;
  }
  EXPECT_GT(taken, 1000);
}

}  // namespace
}  // namespace modelgate
