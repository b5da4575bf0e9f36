#include "runners/plan/commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "runners/plan/programs.h"
#include "runners/plan/settings.h"
#include "runners/process/process.h"
#include "schemas/documents/plan_settings.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Plan plan_of(const std::string& text) {
  const auto folder =
      std::filesystem::path(::testing::TempDir()) /
      ("commands_" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "modelgate.yaml") << text;
  return read_plan(folder / "modelgate.yaml");
}

const char chained[] = R"(schema: modelgate/plan
version: 1
name: m
candidate: out
runs:
  model: {runner: torch, model: "{subject}/m.pt", data: "{runs.features}", batch_sizes: [1, 8]}
  features: {runner: exec, command: ["{subject}/featurize", "--fast", "a b"], input: "{plan}/rows.jsonl"}
  tests: {runner: gtest, program: "{subject}/tests", environment: {SEED: 7}}
gates:
  unit: {from: tests, minimum_tests: 3}
  quality: {from: model, checks: ["accuracy margin=1pp", "recall(x) margin=2pp"]}
  regression: {from: model, golden: "{subject}/golden.safetensors"}
)";

Comparison comparison() {
  Comparison all;
  all.candidate = {Role::candidate, "m", "v2", "", "sha256:c"};
  all.candidate_folder = "/work here/out";
  all.baseline = {Role::baseline, "m", "v1", "", "sha256:b"};
  all.baseline_folder = "/results/baseline";
  return all;
}

const ResultsFolder results{"/results"};

TEST(CommandsTest, puts_a_run_after_the_run_whose_records_it_reads) {
  const Plan plan = plan_of(chained);
  ASSERT_EQ(plan.runs.size(), 3u);
  EXPECT_EQ(plan.runs[0].name, "features");
  EXPECT_EQ(plan.runs[1].name, "model");
}

TEST(CommandsTest, hands_a_runner_both_subjects_and_every_word_of_its_settings) {
  const Plan plan = plan_of(chained);
  const Step step = run_step(plan.runs[0], plan, comparison(), results);
  EXPECT_EQ(step.program, "modelgate-run-exec");
  EXPECT_THAT(
      step.arguments,
      ElementsAre("--candidate", "/work here/out", "--baseline", "/results/baseline", "--output",
                  "/results/measurements/features", "--subject-name", "m", "--candidate-version", "v2",
                  "--candidate-digest", "sha256:c", "--baseline-version", "v1", "--baseline-digest",
                  "sha256:b", "--command={subject}/featurize", "--command=--fast", "--command=a b",
                  "--input=" + plan.folder.string() + "/rows.jsonl"));
}

TEST(CommandsTest, names_the_records_of_another_run_for_each_role) {
  const Plan plan = plan_of(chained);
  EXPECT_THAT(run_step(plan.runs[1], plan, comparison(), results).arguments,
              Contains("--data=/results/measurements/features/{role}/records.jsonl"));
}

TEST(CommandsTest, repeats_the_option_for_every_value_of_a_list) {
  const Plan plan = plan_of(chained);
  const Step step = gate_step(plan.gates[1], plan, comparison(), results);
  EXPECT_THAT(step.arguments, Contains("--check=accuracy margin=1pp"));
  EXPECT_THAT(step.arguments, Contains("--check=recall(x) margin=2pp"));
}

TEST(CommandsTest, looks_for_the_golden_file_in_the_candidate) {
  const Plan plan = plan_of(chained);
  EXPECT_THAT(gate_step(plan.gates[2], plan, comparison(), results).arguments,
              Contains("--golden=/work here/out/golden.safetensors"));
}

TEST(CommandsTest, names_no_baseline_in_a_first_release) {
  const Plan plan = plan_of(chained);
  Comparison first = comparison();
  first.first_release = true;
  for (const PlanRun& run : plan.runs) {
    const Step step = run_step(run, plan, first, results);
    EXPECT_THAT(step.arguments, Not(Contains("--baseline")));
    EXPECT_THAT(step.arguments, Not(Contains("--baseline-digest")));
  }
  EXPECT_THAT(gate_step(plan.gates[0], plan, first, results).arguments, Contains("--first-release"));
  EXPECT_THAT(suite_step("/p.yaml", {}, first, results).arguments, Contains("--first-release"));
}

TEST(CommandsTest, chooses_gates_and_only_the_runs_they_need) {
  const Plan plan = plan_of(chained);
  const auto gates = chosen_gates(plan, {"quality"});
  ASSERT_EQ(gates.size(), 1u);
  const auto runs = needed_runs(plan, gates);
  ASSERT_EQ(runs.size(), 2u);
  EXPECT_EQ(runs[0].name, "features");
  EXPECT_EQ(runs[1].name, "model");
}

TEST(CommandsTest, refuses_an_unknown_gate_and_says_which_was_meant) {
  const Plan plan = plan_of(chained);
  try {
    chosen_gates(plan, {"qualty"});
    FAIL() << "was accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_THAT(error.hint(), HasSubstr("'quality'"));
  }
}

TEST(CommandsTest, hands_somebody_elses_runner_its_arguments_as_they_stand) {
  const Plan plan = plan_of(R"(schema: modelgate/plan
version: 1
name: m
candidate: out
runs:
  mine: {runner: sonar, arguments: ["--depth", "3", "{plan}/x"]}
gates:
  unit: {from: mine}
)");
  const Step step = run_step(plan.runs[0], plan, comparison(), results);
  EXPECT_EQ(step.program, "modelgate-run-sonar");
  const std::vector<std::string> tail(step.arguments.end() - 3, step.arguments.end());
  EXPECT_THAT(tail, ElementsAre("--depth", "3", plan.folder.string() + "/x"));
}

TEST(CommandsTest, hands_error_rates_over_so_that_they_read_back_as_they_were) {
  Plan plan = plan_of(chained);
  plan.alpha_fail = 0.0000015;
  const Step step = gate_step(plan.gates[0], plan, comparison(), results);
  const auto rate = std::find(step.arguments.begin(), step.arguments.end(), "--alpha-fail") + 1;
  EXPECT_EQ(std::stod(*rate), plan.alpha_fail);
}

TEST(CommandsTest, hands_every_setting_over_by_an_option_that_its_program_has) {
  // What a plan may hold and what the programs take are written in different places.
  const auto help_of = [](const std::string& program) {
    ProcessSpec spec;
    spec.argv = {std::string(MODELGATE_BIN_DIR) + "/" + program, "--help"};
    return run_process(spec).out.text;
  };
  const auto check = [&](const std::string& program, const std::vector<SettingRule>& rules,
                         const auto& options) {
    if (!std::filesystem::exists(std::string(MODELGATE_BIN_DIR) + "/" + program)) return;
    const std::string help = help_of(program);
    for (const SettingRule& rule : rules) {
      const std::string option = options({rule.key, {"x"}, false});
      EXPECT_THAT(help, HasSubstr(option + " ")) << program << " of " << rule.key;
    }
  };
  const Plan plan;
  const auto until_value = [](const std::vector<std::string>& arguments) {
    return arguments.front().substr(0, arguments.front().find('='));
  };
  for (const std::string& runner : known_runners())
    check("modelgate-run-" + runner, settings_of_runner(runner), [&](const PlanSetting& setting) {
      return until_value(arguments_of_run({"r", runner, {setting}, {}, ""}, plan, results));
    });
  for (const std::string& gate : known_gates())
    check("modelgate-gate-" + gate, settings_of_gate(gate), [&](const PlanSetting& setting) {
      return until_value(arguments_of_gate({"g", gate, "r", {setting}, ""}, plan, "/c", results));
    });
}

TEST(ProgramsTest, writes_commands_that_a_shell_reads_back_as_they_are) {
  EXPECT_EQ(shell_line({"a", "b c", "it's", "", "$HOME"}), "a 'b c' 'it'\\''s' '' '$HOME'");
}

TEST(CommandsTest, a_model_is_not_timed_where_no_gate_judges_its_speed) {
  std::string text = chained;
  text += "  latency: {gate: performance, from: model, margin: 5%}\n";
  text.replace(text.find("batch_sizes: [1, 8]"), 19, "batch_sizes: [1, 8], pairs: 40, looks: [20, 40]");
  const Plan plan = plan_of(text);
  const auto arguments = [&](const std::vector<std::string>& only) {
    const std::vector<PlanRun> runs = needed_runs(plan, chosen_gates(plan, only));
    return run_step(runs.back(), plan, comparison(), results).arguments;
  };
  EXPECT_THAT(arguments({"quality", "latency"}), Contains("--pairs=40"));
  EXPECT_THAT(arguments({"quality"}), Contains("--pairs=0"));
  EXPECT_THAT(arguments({"quality"}), Not(Contains(HasSubstr("40"))));
}

}  // namespace
}  // namespace modelgate
