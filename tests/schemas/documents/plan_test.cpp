#include "schemas/documents/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/documents/manifest.h"
#include "schemas/documents/plan_settings.h"
#include "schemas/tool/files.h"
#include "tests/schemas/fixtures/error_of.h"
#include "tests/schemas/fixtures/temporary_folder.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string example = read_file(MODELGATE_SOURCE_DIR "/schemas/examples/plan.yaml");

/// The example with one text replaced by another.
std::string with(const std::string& what, const std::string& by) {
  std::string text = example;
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), by);
}

class PlanTest : public ::testing::Test {
 protected:
  Plan read(const std::string& text) { return read_plan(folder_.with("modelgate.yaml", text)); }

  /// What is said of the example with one text replaced by another, from the line on.
  std::string error_with(const std::string& what, const std::string& by) {
    const std::string error = error_of([&] { read(with(what, by)); });
    const std::string file = "modelgate.yaml:";
    const std::size_t at = error.find(file);
    return at == std::string::npos ? error : error.substr(at + file.size());
  }

  std::vector<PlanSetting> settings_of(const std::string& run_settings) {
    return read(with("{runner: gtest, program: \"{subject}/intents_tests\"}",
                     "{runner: gtest, program: p, " + run_settings + "}"))
        .runs[0]
        .settings;
  }

  const TemporaryFolder folder_;
};

TEST_F(PlanTest, is_read_as_it_is_written) {
  const Plan plan = read(example);
  EXPECT_EQ(plan.name, "support-intents");
  EXPECT_EQ(plan.candidate, "candidates/{candidate}");
  EXPECT_EQ(plan.default_candidate, "v1.1.0");
  EXPECT_EQ(plan.store, ".modelgate/store");
  EXPECT_EQ(plan.alpha_fail, 0.05);
  EXPECT_EQ(plan.alpha_pass, 0.05);
  EXPECT_EQ(plan.folder, folder_.path());
  EXPECT_EQ(plan.digest, digest_of_bytes(example));
  ASSERT_EQ(plan.runs.size(), 4u);
  EXPECT_EQ(plan.runs[1].name, "speed");
  EXPECT_EQ(plan.runs[1].runner, "bench");
  EXPECT_THAT(plan.runs[1].settings,
              ElementsAre(PlanSetting{"program", {"{subject}/intents_bench"}}, PlanSetting{"pairs", {"12"}}));
  EXPECT_THAT(plan.runs[3].after, ElementsAre("features"));
  ASSERT_EQ(plan.gates.size(), 4u);
  EXPECT_EQ(plan.gates[3].kind, "quality");
  EXPECT_EQ(plan.gates[3].from, "model");
  EXPECT_THAT(
      plan.gates[3].settings,
      ElementsAre(PlanSetting{"checks", {"accuracy margin=1pp min=0.85", "accuracy margin=4pp by=lang"}}));
  ASSERT_EQ(plan.waivers.size(), 1u);
  EXPECT_EQ(plan.waivers[0].check, "unit/Featurizer.KeepsEmoji");
  EXPECT_EQ(plan.waivers[0].until, "2026-12-31");
}

TEST_F(PlanTest, orders_runs_so_that_each_comes_after_those_it_reads) {
  const Plan plan = read(
      "schema: modelgate/plan\nversion: 1\nname: m\ncandidate: c\nruns:\n"
      "  c: {runner: exec, command: [\"x{runs.b}{runs.a}\"], input: y}\n"
      "  b: {runner: exec, command: [x], input: \"{runs.a}\"}\n"
      "  a: {runner: exec, command: [x, \"{runs.\", \"{runs.{b}\"], input: y}\n"
      "gates:\n  unit: {from: c}\n");
  std::vector<std::string> names;
  for (const PlanRun& run : plan.runs) names.push_back(run.name);
  EXPECT_THAT(names, ElementsAre("a", "b", "c"));
  EXPECT_THAT(plan.runs[2].after, ElementsAre("b", "a"));
  EXPECT_THAT(plan.runs[0].after, IsEmpty()) << "what is not closed names no run";
}

TEST_F(PlanTest, refuses_runs_that_wait_for_each_other) {
  EXPECT_EQ(error_with("input: data/test.jsonl", "input: \"{runs.model}\""),
            "11:13: the runs features, model wait for each other");
  EXPECT_EQ(error_with("{runs.features}", "{runs.model}"), "12:10: the run model reads its own records");
  EXPECT_EQ(error_with("{runs.features}", "{runs.feature}"),
            "12:10: {runs.feature} names no run of this plan\n  Did you mean 'features'?");
}

TEST_F(PlanTest, refuses_looks_at_rows_that_another_run_reads) {
  EXPECT_EQ(error_with("input: data/test.jsonl", "input: data/test.jsonl, looks: [10, 20]"),
            "11:13: the run features takes its rows in looks, and the run model reads its records\n"
            "  Leave its 'looks' out: model can only read records that are complete.");
}

TEST_F(PlanTest, names_slips_with_line_and_column) {
  EXPECT_EQ(error_with("runner: gtest", "runner: gtset"),
            "9:19: there is no runner 'gtset'\n  Did you mean 'gtest'?");
  EXPECT_EQ(error_with("runner: gtest", "runner: zebra"),
            "9:19: there is no runner 'zebra'\n  Ours are bench, exec, gtest, torch; for a program "
            "modelgate-run-zebra "
            "of your own give its 'arguments'.");
  EXPECT_EQ(error_with("pairs: 12", "pairz: 12"), "10:62: unknown key 'pairz'\n  Did you mean 'pairs'?");
  EXPECT_EQ(error_with("pairs: 12", "pairs: 1.5"), "10:69: expected a whole number, found 1.5");
  EXPECT_EQ(error_with("pairs: 12", "pairs: -1"), "10:69: expected a whole number of at least 0, found -1");
  EXPECT_EQ(error_with(", input: data/test.jsonl", ""),
            "11:13: the run features has no 'input'\n"
            "  Name the JSONL file whose rows the command answers, or measure its speed: bench: cold.");
  EXPECT_EQ(error_with("input: data/test.jsonl", "input: data/test.jsonl, bench: cold"),
            "11:13: the run features measures speed, and the run model reads its records\n"
            "  Measure the answers in a run of their own, without 'bench'.");
  EXPECT_EQ(error_with("from: tests", "from: test"),
            "15:16: there is no run 'test' in this plan\n  Did you mean 'tests'?");
  EXPECT_EQ(error_with("from: tests", "from: zebra"),
            "15:16: there is no run 'zebra' in this plan\n  The runs are tests, speed, features, model.");
  EXPECT_EQ(error_with("  quality:", "  qualty:"),
            "18:3: 'qualty' is no kind of gate\n  Did you mean 'quality'?");
  EXPECT_EQ(error_with("  quality:", "  zebra:"),
            "18:3: 'zebra' is no kind of gate\n  Say which it is: 'gate: performance' (one of performance, "
            "quality, "
            "regression, unit).");
  EXPECT_EQ(error_with("  quality:", "  suite:"),
            "18:3: a gate cannot be called 'suite'\n  That is the name of the gate over all gates.");
  EXPECT_EQ(error_with("  quality:", "  zebra:\n    gate: qualty"),
            "19:11: 'qualty' is none of performance, quality, regression, unit\n  Did you mean 'quality'?");
  EXPECT_EQ(error_with("  tests:", "  \"te sts\":"),
            "9:3: 'te sts' cannot be a name\n  Use letters, digits, '.', '_', '+' and '-'.");
  EXPECT_EQ(error_with("candidate: v1.1.0", "candidate: ../v1"),
            "6:20: '../v1' cannot be a name\n  Use letters, digits, '.', '_', '+' and '-'.");
  EXPECT_EQ(error_with("name: support-intents", "name: 1.10"),
            "4:7: expected text, found a number (1.10)\n  Put it in double quotes: \"1.10\".");
  EXPECT_EQ(error_with("name: support-intents", "name: ''"), "4:7: must not be empty");
  EXPECT_EQ(error_with("gates:", "gatez:"), "2:1: 'gates' is missing\n  There is 'gatez'; is 'gates' meant?");
  EXPECT_EQ(error_with("2026-12-31", "2026-13-31"),
            "25:107: '2026-13-31' is not a day\n  Write it like 2026-12-31.");
  EXPECT_EQ(error_with("2026-12-31", "31.12.2026"),
            "25:107: '31.12.2026' is not a day\n  Write it like 2026-12-31.");
}

TEST_F(PlanTest, refuses_a_plan_that_decides_nothing) {
  const std::string head = "schema: modelgate/plan\nversion: 1\nname: m\ncandidate: c\nruns: {}\n";
  EXPECT_THAT(error_of([&] { read(head + "gates: {}\n"); }),
              ::testing::HasSubstr("a plan without gates decides nothing"));
  EXPECT_THAT(error_of([&] { read(head + "gates: {unit: {from: t}}\n"); }),
              ::testing::HasSubstr("there is no run 't' in this plan"));
}

TEST_F(PlanTest, takes_percentages_as_the_gates_do) {
  const auto margin = [&](const std::string& text) {
    return read(with("margin: 10%", "margin: " + text)).gates[2].settings[0].values[0];
  };
  EXPECT_EQ(margin("2.5%"), "2.5%");
  EXPECT_EQ(margin("0%"), "0%");
  EXPECT_EQ(margin("0"), "0%") << "the gate wants a unit";
  EXPECT_EQ(error_with("margin: 10%", "margin: 10"),
            "17:38: 10 has no unit\n  Write 10% if percent are meant.");
  for (const char* wrong :
       {"ten", "-1%", "1e1%", "0x5%", "1.2.3%", "10000%", "5 %", "nan%", "inf%", "'%'", "''", "true"})
    EXPECT_THAT(error_with("margin: 10%", std::string("margin: ") + wrong),
                ::testing::HasSubstr("is not a percentage\n  Write it like 5% or 2.5%."))
        << wrong;
}

TEST_F(PlanTest, hands_settings_to_programs_as_options) {
  EXPECT_THAT(settings_of("shards: 0, test_timeout_seconds: 0.5"),
              ElementsAre(PlanSetting{"program", {"p"}}, PlanSetting{"shards", {"0"}},
                          PlanSetting{"test_timeout_seconds", {"0.5"}}));
  EXPECT_THAT(
      settings_of("environment: {B: 1, A: x y, C: true}"),
      ElementsAre(PlanSetting{"program", {"p"}}, PlanSetting{"environment", {"A=x y", "B=1", "C=true"}}));
  EXPECT_THAT(settings_of("environment: {}"), ElementsAre(PlanSetting{"program", {"p"}}));
  EXPECT_THAT(error_of([&] { settings_of("arguments: []"); }), ::testing::HasSubstr("must not be empty"));
  EXPECT_THAT(error_of([&] { settings_of("arguments: [1]"); }),
              ::testing::HasSubstr("expected text, found a number"));
  EXPECT_THAT(error_of([&] { settings_of("environment: {A: [x]}"); }),
              ::testing::HasSubstr("expected text or a number, found a list"));
}

TEST_F(PlanTest, lets_somebody_elses_runner_take_only_arguments) {
  const Plan plan =
      read(with("{runner: gtest, program: \"{subject}/intents_tests\"}", "{runner: robot, arguments: [-x]}"));
  EXPECT_EQ(plan.runs[0].runner, "robot");
  EXPECT_THAT(plan.runs[0].settings, ElementsAre(PlanSetting{"arguments", {"-x"}}));
  EXPECT_EQ(error_with("{runner: gtest, program: \"{subject}/intents_tests\"}",
                       "{runner: robot, arguments: [-x], program: x}"),
            "9:43: unknown key 'program'\n  Known here: runner, arguments.");
  EXPECT_EQ(error_with("runner: gtest", "runner: ../../bin/sh"),
            "9:19: '../../bin/sh' cannot be a name\n  Use letters, digits, '.', '_', '+' and '-'.");
}

TEST_F(PlanTest, keeps_error_rates_within_reason) {
  const auto rates = [&](const std::string& text) {
    return with("runs: # what", "error_rates: " + text + "\nruns: # what");
  };
  const Plan plan = read(rates("{false_block: 0.01, false_pass: 0.1}"));
  EXPECT_EQ(plan.alpha_fail, 0.01);
  EXPECT_EQ(plan.alpha_pass, 0.1);
  for (const char* wrong :
       {"{false_pass: 0}", "{false_pass: 0.6}", "{false_pass: 5%}", "{false_pas: 0.1}", "[]", "0.05"})
    EXPECT_NE(error_of([&] { read(rates(wrong)); }), "") << wrong;
}

TEST_F(PlanTest, says_what_is_done_where_nothing_can_be_decided) {
  EXPECT_EQ(read(example).inconclusive, std::nullopt);
  EXPECT_THAT(read(example).release_branches, ElementsAre("release/*", "release-*", "releases/*"));
  EXPECT_EQ(read(example + "inconclusive: warn\n").inconclusive, InconclusiveAction::warn);
  EXPECT_EQ(read(example + "inconclusive: block\n").inconclusive, InconclusiveAction::block);
  EXPECT_THAT(read(example + "release_branches: [main, 'v*']\n").release_branches, ElementsAre("main", "v*"));
}

TEST_F(PlanTest, refuses_what_is_no_policy_with_its_place) {
  const auto said = [&](const std::string& line) { return error_of([&] { read(line + "\n" + example); }); };
  using ::testing::HasSubstr;
  EXPECT_THAT(said("inconclusive: warm"), HasSubstr("modelgate.yaml:1:15: "));
  EXPECT_THAT(said("inconclusive: warm"), HasSubstr("warn"));
  for (const char* wrong :
       {"inconclusive: Block", "inconclusive: ''", "inconclusive: 0", "inconclusive: true",
        "inconclusive: null", "inconclusive: [warn]", "inconclusive: {action: warn}"})
    EXPECT_THAT(said(wrong), HasSubstr("modelgate.yaml:1:15: ")) << wrong;
  for (const char* wrong : {"release_branches: main", "release_branches: []", "release_branches: {a: b}"})
    EXPECT_THAT(said(wrong), HasSubstr("modelgate.yaml:1:19: ")) << wrong;
  for (const char* wrong : {"release_branches: ['']", "release_branches: [1]"})
    EXPECT_THAT(said(wrong), HasSubstr("modelgate.yaml:1:20: ")) << wrong;
  EXPECT_THAT(said("inconclusiv: warn"), HasSubstr("inconclusive"));
}

}  // namespace
}  // namespace modelgate
