// What a hostile document may cost: depth, size, number of values, and time that grows no faster than the
// text. There are no clocks here; what is quadratic shows as a test that does not end.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/documents/manifest.h"
#include "schemas/documents/node.h"
#include "schemas/documents/plan.h"
#include "schemas/tool/files.h"
#include "tests/schemas/fixtures/error_of.h"
#include "tests/schemas/fixtures/temporary_folder.h"

namespace modelgate {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  all.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

TEST(JsonLimits, depth) {
  const auto nested = [](std::size_t depth) { return repeated("[", depth) + repeated("]", depth); };
  EXPECT_TRUE(parse_json(nested(64), "d").is_array());
  EXPECT_THAT(error_of([&] { parse_json(nested(65), "d"); }), EndsWith("is nested deeper than 64 levels"));
  EXPECT_THAT(error_of([&] { parse_json(repeated("[", 2'000'000), "d"); }),
              EndsWith("deeper than 64 levels"));
  EXPECT_THAT(error_of([&] { parse_json(repeated("{\"a\":", 500'000), "d"); }),
              EndsWith("deeper than 64 levels"));
}

TEST(JsonLimits, number_of_values) {
  EXPECT_EQ(error_of([] { parse_json("[" + repeated("0,", 4'000'000) + "0]", "d"); }),
            "d: holds more than 4000000 values\n  Split it.");
}

TEST(JsonLimits, a_long_key_is_not_repeated_for_every_value) {
  const std::string key(1'000'000, 'k');
  const Node document = parse_json("{\"" + key + "\": [" + repeated("0,", 100'000) + "\"x\"]}", "d");
  const std::vector<Node> items = Fields(document).all().front().second.items();
  EXPECT_EQ(items.size(), 100'001u);
  EXPECT_THAT(error_of([&] { items.back().number(); }),
              HasSubstr("d#/" + std::string(80, 'k') + "…/100000: expected"));
}

TEST(JsonLimits, many_keys) {
  std::string text = "{";
  for (int i = 0; i < 200'000; ++i) text += "\"key" + std::to_string(i) + "\": 0, ";
  const Node document = parse_json(text + "\"last\": 0}", "d");
  Fields fields(document);
  EXPECT_EQ(error_of([&] { fields.text("schema"); }), "d: 'schema' is missing");
  EXPECT_EQ(error_of([&] { parse_json(text + "\"key7\": 0}", "d"); }),
            "d#/key7: the key 'key7' is there twice\n  Keep one of the two.");
}

TEST(YamlLimits, size) {
  EXPECT_EQ(error_of([] { parse_yaml("a: " + std::string(1 << 20, 'x'), "p"); }), "p: is larger than 1 MiB");
}

TEST(YamlLimits, depth) {
  std::string block;
  for (std::size_t i = 0; i < 65; ++i) block += std::string(i, ' ') + "a:\n";
  EXPECT_EQ(error_of([&] { parse_yaml(block, "p"); }), "p:65:65: is nested deeper than 64 levels");
  EXPECT_THAT(error_of([] { parse_yaml(repeated("- ", 500'000), "p"); }), EndsWith("deeper than 64 levels"));
  EXPECT_NE(error_of([] { parse_yaml(repeated("[", 1'000'000), "p"); }), "");
  EXPECT_NE(error_of([] { parse_yaml(repeated("{a: ", 250'000), "p"); }), "");
  EXPECT_NE(error_of([] { parse_yaml(repeated("? ", 500'000), "p"); }), "");
}

TEST(YamlLimits, long_lines_of_dashes_and_brackets_are_text) {
  const std::string yaml = "# " + std::string(2000, '-') + "\na: " + std::string(2000, '-') + "\nb: \"" +
                           std::string(2000, '[') + "\"\n";
  Fields fields(parse_yaml(yaml, "p"));
  EXPECT_EQ(fields.text("b").size(), 2000u);
}

TEST(YamlLimits, many_keys) {
  std::string text;
  for (int i = 0; i < 80'000; ++i) text += "k" + std::to_string(i) + ": 1\n";
  EXPECT_EQ(Fields(parse_yaml(text, "p")).all().size(), 80'000u);
  EXPECT_THAT(error_of([&] { parse_yaml(text + "k7: 1\n", "p"); }), HasSubstr("p:80001:1: the key 'k7'"));
}

TEST(YamlLimits, many_errors_in_one_long_line) {
  EXPECT_THAT(error_of([] { parse_yaml("[" + repeated("客, ", 150'000) + "012]", "p"); }),
              HasSubstr("p:1:450002: a number must not begin with 0"));
}

class PlanLimits : public ::testing::Test {
 protected:
  std::string reading(const std::string& runs, const std::string& gates, const std::string& more = "") {
    return error_of([&] {
      read_plan(folder_.with("modelgate.yaml",
                             "schema: modelgate/plan\nversion: 1\nname: m\ncandidate: c\nruns:\n" + runs +
                                 "gates:\n" + gates + more));
    });
  }
  const TemporaryFolder folder_;
  const std::string run_ = "  t: {runner: gtest, program: x}\n", gate_ = "  unit: {from: t}\n";
};

TEST_F(PlanLimits, number_of_runs_gates_and_waivers) {
  std::string runs, gates, waivers = "waivers:\n";
  for (int i = 0; i < 1001; ++i) {
    runs += "  t" + std::to_string(i) + ": {runner: gtest, program: x}\n";
    gates += "  u" + std::to_string(i) + ": {gate: unit, from: t}\n";
    waivers += "- {check: a/b, reason: r, until: \"2026-12-31\"}\n";
  }
  EXPECT_THAT(reading(runs, gate_), HasSubstr("has 1001 entries, and at most 1000 are possible"));
  EXPECT_THAT(reading(run_, gates), HasSubstr("has 1001 entries, and at most 1000 are possible"));
  EXPECT_THAT(reading(run_, gate_, waivers), HasSubstr("has 1001 entries, and at most 1000 are possible"));
}

TEST_F(PlanLimits, a_chain_of_a_thousand_runs) {
  std::string runs;
  for (int i = 0; i < 999; ++i)
    runs += "  r" + std::to_string(i) + ": {runner: exec, command: [x], input: \"{runs.r" +
            std::to_string(i + 1) + "}\"}\n";
  EXPECT_EQ(reading(runs + "  r999: {runner: exec, command: [x], input: y}\n", "  unit: {from: r0}\n"), "");
}

TEST_F(PlanLimits, endless_texts) {
  const std::string endless(900'000, 'a'), digits(900'000, '1');
  EXPECT_THAT(reading("  t: {runner: gtest, program: \"{runs." + endless + "}\"}\n", gate_),
              HasSubstr("a…} names no run of this plan"));
  EXPECT_THAT(reading(run_, "  performance: {from: t, margin: \"1." + digits + "%\"}\n"),
              HasSubstr("…' is not a percentage"));
  EXPECT_THAT(reading(run_, gate_, "waivers: [{check: a/b, reason: r, until: \"" + digits + "\"}]\n"),
              HasSubstr("…' is not a day"));
  EXPECT_THAT(reading("  " + std::string(1000, 'a') + ": {runner: gtest, program: x}\n", gate_),
              HasSubstr("…' cannot be a name"));
  EXPECT_THAT(reading("  t: {runner: " + endless + "}\n", gate_), HasSubstr("…' cannot be a name"));
}

TEST(DocumentLimits, size) {
  const TemporaryFolder folder;
  const auto large = folder.with("large.json", "{");
  std::filesystem::resize_file(large, maximum_document_bytes + 1);  // sparse
  EXPECT_THAT(error_of([&] { read_document(large); }), EndsWith("is larger than 256 MiB"));
  const auto plan = folder.with("large.yaml", "a: b\n");
  std::filesystem::resize_file(plan, (1 << 20) + 1);
  EXPECT_THAT(error_of([&] { read_plan(plan); }), EndsWith("is larger than 1 MiB"));
}

}  // namespace
}  // namespace modelgate
