#include <gmock/gmock.h>

#include "project.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class RunTest : public ::testing::Test {
 protected:
  Project project_;
};

TEST_F(RunTest, a_first_release_is_judged_by_its_limits_and_then_is_the_baseline) {
  project_.release_baseline();
  EXPECT_TRUE(project_.verdict().first_release);
  project_.write_candidate(8);
  const ProcessOutcome outcome = project_.modelgate({"run"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err.text;
  EXPECT_THAT(outcome.out.text, HasSubstr("accuracy"));
  const Verdict verdict = project_.verdict();
  EXPECT_EQ(verdict.status, Status::pass);
  ASSERT_TRUE(verdict.baseline.has_value());
  EXPECT_EQ(verdict.baseline->version, "v1.0.0");
  EXPECT_THAT(read_file(project_.results() / "junit.xml"), HasSubstr("<testsuite"));
  EXPECT_THAT(read_file(project_.results() / "summary.md"), HasSubstr("accuracy"));
  EXPECT_TRUE(fs::exists(project_.results() / "measurements" / "model" / "baseline.json"));
  EXPECT_FALSE(fs::exists(project_.results() / "baseline")) << "the baseline's files are in the store";
}

TEST_F(RunTest, a_worse_candidate_fails_and_the_exit_code_says_so) {
  project_.release_baseline();
  project_.write_candidate(60);
  EXPECT_EQ(project_.modelgate({"run", "--quiet"}).exit_code, 1);
  EXPECT_EQ(project_.verdict().status, Status::fail);
}

TEST_F(RunTest, without_a_release_it_says_what_to_do) {
  project_.write_candidate(0);
  const ProcessOutcome outcome = project_.modelgate({"run"});
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.err.text, HasSubstr("--first-release"));
  EXPECT_EQ(project_.verdict().status, Status::error);
  EXPECT_THAT(read_file(project_.results() / "junit.xml"), HasSubstr("errors=\"1\""));
}

TEST_F(RunTest, a_gpu_of_the_plan_is_looked_for_by_the_runner_and_one_that_is_not_there_is_an_error) {
  project_.write_candidate(0);
  std::string plan = read_file(project_.folder() / "modelgate.yaml");
  const std::string input = "input: rows.jsonl";
  plan.replace(plan.find(input), input.size(), input + ", bench: cold, pairs: 2, gpu: auto");
  write_file(project_.folder() / "modelgate.yaml", plan);
  ProcessSpec spec = project_.command("modelgate", {"run", "--first-release", "--quiet"});
  spec.environment["MODELGATE_NVML"] = "/nowhere/libnvidia-ml.so.1";
  const ProcessOutcome outcome = run_process(std::move(spec));
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(read_file(project_.results() / "logs" / "run-model.err"),
              HasSubstr("no usable GPU: /nowhere/libnvidia-ml.so.1"));
}

TEST_F(RunTest, a_model_that_breaks_is_an_error) {
  project_.write_candidate(0, "echo no memory >&2; exit 3");
  const ProcessOutcome outcome = project_.modelgate({"run", "--first-release", "--quiet"});
  EXPECT_EQ(outcome.exit_code, 4);
  const Verdict verdict = project_.verdict();
  EXPECT_EQ(verdict.status, Status::error);
  EXPECT_THAT(verdict.checks.at(0).sentence, HasSubstr("no memory"));
  EXPECT_EQ(outcome.out.text + outcome.err.text, "") << "what a document says is said there";
}

TEST_F(RunTest, what_no_document_says_is_said_even_by_a_quiet_run) {
  project_.write_candidate(0);
  write_file(project_.folder() / "rows.jsonl", "not JSON\n");
  const ProcessOutcome outcome = project_.modelgate({"run", "--first-release", "--quiet"});
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.err.text, HasSubstr("rows.jsonl:1"));
  EXPECT_EQ(project_.verdict().status, Status::error);
}

TEST_F(RunTest, what_was_cut_is_said_in_the_verdict) {
  project_.write_candidate(0, "head -c 200000 /dev/zero | tr '\\0' x >&2");
  EXPECT_EQ(project_.modelgate({"run", "--first-release", "--quiet"}).exit_code, 0);
  EXPECT_THAT(project_.verdict().warnings, Contains(HasSubstr("candidate/stderr.log")));
}

TEST_F(RunTest, a_candidate_that_changes_while_it_is_measured_is_an_error) {
  project_.write_candidate(0, "echo more >> \"${0%/*}/cache\"");
  const ProcessOutcome outcome = project_.modelgate({"run", "--first-release"});
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.err.text, HasSubstr("changed while it was measured"));
  EXPECT_THAT(project_.verdict().sentence, HasSubstr("changed while it was measured"));
}

TEST_F(RunTest, paths_in_a_plan_are_taken_from_its_folder) {
  project_.write_candidate(0);
  ProcessSpec spec = project_.command("modelgate", {"run", "--first-release", "--quiet", "--plan",
                                                    (project_.folder() / "modelgate.yaml").string(),
                                                    "--output", (project_.folder() / "results").string()});
  spec.folder = "/";
  const ProcessOutcome outcome = run_process(spec);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err.text;
}

TEST_F(RunTest, only_some_gates_are_judged_and_the_rest_is_named) {
  project_.write_candidate(0);
  EXPECT_EQ(project_.modelgate({"run", "--first-release", "--quiet", "--only", "quality"}).exit_code, 0);
  EXPECT_THAT(project_.verdict().left_out, ElementsAre("again"));
}

TEST_F(RunTest, a_run_that_cannot_begin_leaves_no_earlier_verdict) {
  project_.write_candidate(0);
  ASSERT_EQ(project_.modelgate({"run", "--first-release", "--quiet"}).exit_code, 0);
  EXPECT_EQ(project_.modelgate({"run", "--candidate", "other"}).exit_code, 2);
  for (const char* name : {"verdict.json", "junit.xml", "summary.md"})
    EXPECT_FALSE(fs::exists(project_.results() / name)) << name;
}

TEST_F(RunTest, results_do_not_lie_in_the_candidates_folder) {
  project_.write_candidate(0);
  EXPECT_EQ(project_.modelgate({"run", "--first-release", "--output", "out/results"}).exit_code, 2);
  EXPECT_FALSE(fs::exists(project_.folder() / "out" / "results"));
}

TEST_F(RunTest, json_is_the_verdict_that_was_written) {
  project_.write_candidate(0);
  const ProcessOutcome outcome = project_.modelgate({"run", "--first-release", "--json"});
  EXPECT_EQ(outcome.out.text, read_file(project_.results() / "verdict.json"));
  ProcessSpec full = project_.command("sh", {});
  full.argv = {"/bin/sh", "-c",
               "exec '" MODELGATE_BIN_DIR "/modelgate' run --first-release --json > /dev/full"};
  EXPECT_EQ(run_process(full).exit_code, 4);
  EXPECT_EQ(project_.verdict().status, Status::error) << "nobody was told of a pass";
}

TEST_F(RunTest, a_dry_run_prints_what_a_run_does_and_writes_nothing) {
  project_.release_baseline();
  project_.write_candidate(8);
  fs::remove_all(project_.results());
  const ProcessOutcome dry = project_.modelgate({"run", "--dry-run"});
  ASSERT_EQ(dry.exit_code, 0) << dry.err.text;
  EXPECT_FALSE(fs::exists(project_.results()));
  // A shell that does as it says comes to the same verdict.
  fs::create_directories(project_.results());
  ProcessSpec shell = project_.command("", {});
  shell.argv = {"/bin/sh", "-c", dry.out.text};
  shell.environment["PATH"] = MODELGATE_BIN_DIR ":/usr/bin:/bin";
  const ProcessOutcome by_hand = run_process(shell);
  ASSERT_EQ(by_hand.exit_code, 0) << by_hand.err.text;
  Verdict expected = project_.verdict();
  fs::remove_all(project_.results());
  ASSERT_EQ(project_.modelgate({"run", "--quiet"}).exit_code, 0);
  expected.created = project_.verdict().created;
  EXPECT_EQ(expected, project_.verdict());
}

class UndecidedRun : public ::testing::Test {
 protected:
  void SetUp() override {
    project_.release_baseline();
    // Half a point within a margin of three, on 400 rows; the other gate's margin is five, and passes.
    project_.write_candidate(20);
  }
  ProcessOutcome run(const std::vector<std::string>& more = {},
                     const std::map<std::string, std::string>& environment = {}) {
    std::vector<std::string> arguments = {"run"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    ProcessSpec spec = project_.command("modelgate", arguments);
    spec.environment = environment;
    return run_process(spec);
  }

  Project project_;
};

TEST_F(UndecidedRun, blocks_for_a_release_branch) {
  const ProcessOutcome outcome = run();
  EXPECT_EQ(outcome.exit_code, 3) << outcome.out.text << outcome.err.text;
  const Verdict verdict = project_.verdict();
  EXPECT_EQ(verdict.status, Status::inconclusive);
  EXPECT_EQ(verdict.inconclusive->action, InconclusiveAction::block);
  EXPECT_THAT(verdict.sentence,
              HasSubstr("this blocks: branch release/test is a release branch (release/*)"));
  EXPECT_THAT(outcome.err.text, Not(HasSubstr("does not block")));
}

TEST_F(UndecidedRun, warns_elsewhere_and_is_no_pass) {
  project_.on_branch("feature/emoji");
  for (const char* how : {"--quiet", "--json", "--only=quality,again"}) {
    const ProcessOutcome outcome = run({how});
    EXPECT_EQ(outcome.exit_code, 0) << how << outcome.err.text;
    EXPECT_THAT(outcome.err.text,
                HasSubstr("warning: 1 of 3 checks cannot be decided: quality/accuracy; this "
                          "does not block: branch feature/emoji is no release branch"));
    EXPECT_EQ(project_.verdict().status, Status::inconclusive) << how;
  }
  const ProcessOutcome shown = run();
  EXPECT_THAT(shown.out.text, HasSubstr("this does not block: branch\n"));
  EXPECT_THAT(read_file(project_.results() / "summary.md"), HasSubstr("This does not block: branch feature"));
  const std::string junit = read_file(project_.results() / "junit.xml");
  EXPECT_THAT(junit, HasSubstr("errors=\"1\""));
  EXPECT_THAT(junit, HasSubstr("gate.Inconclusive"));
  EXPECT_THAT(junit, HasSubstr("does not block: branch feature/emoji"));
  ASSERT_EQ(project_.run("modelgate-baseline", {"save", "out", "--version", "v2"}).exit_code, 0);
  EXPECT_EQ(project_.run("modelgate-baseline", {"promote", "v2", "--verdict", "gate-results/verdict.json"})
                .exit_code,
            3);
}

TEST_F(UndecidedRun, goes_by_where_the_change_is_to_go) {
  const std::vector<std::pair<std::map<std::string, std::string>, int>> pipelines = {
      {{{"CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"}, {"CI_COMMIT_REF_NAME", "release/2"}}, 0},
      {{{"CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "release/2"}, {"CI_COMMIT_REF_NAME", "fix"}}, 3},
      {{{"GITHUB_BASE_REF", "main"}, {"GITHUB_REF_NAME", "12/merge"}}, 0},
      {{{"GITHUB_REF_NAME", "v1.0.0"}, {"GITHUB_REF_TYPE", "tag"}}, 3}};
  for (const auto& [environment, code] : pipelines)
    EXPECT_EQ(run({"--quiet"}, environment).exit_code, code) << environment.begin()->second;
}

TEST_F(UndecidedRun, does_what_it_is_asked_to) {
  EXPECT_EQ(run({"--quiet", "--inconclusive", "warn"}).exit_code, 0);
  EXPECT_EQ(project_.verdict().inconclusive->because, "--inconclusive warn was given");
  project_.on_branch("main");
  EXPECT_EQ(run({"--quiet", "--inconclusive", "block"}).exit_code, 3);
  EXPECT_EQ(run({"--quiet", "--inconclusive", "ignore"}).exit_code, 2);
}

TEST_F(UndecidedRun, does_what_the_plan_says) {
  const std::string plan = read_file(project_.folder() / "modelgate.yaml");
  write_file(project_.folder() / "modelgate.yaml", plan + "inconclusive: warn\n");
  EXPECT_EQ(run({"--quiet"}).exit_code, 0);
  EXPECT_EQ(run({"--quiet", "--inconclusive=block"}).exit_code, 3);
  project_.on_branch("main");
  write_file(project_.folder() / "modelgate.yaml", plan + "inconclusive: block\n");
  EXPECT_EQ(run({"--quiet"}).exit_code, 3);
  write_file(project_.folder() / "modelgate.yaml", plan + "release_branches: [main]\n");
  EXPECT_EQ(run({"--quiet"}).exit_code, 3);
  write_file(project_.folder() / "modelgate.yaml", plan + "inconclusive: ignore\n");
  const ProcessOutcome outcome = run({"--quiet"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err.text, HasSubstr("modelgate.yaml:10:15: "));
}

TEST_F(UndecidedRun, blocks_where_nothing_at_all_is_proven) {
  project_.on_branch("main");
  const std::string plan = read_file(project_.folder() / "modelgate.yaml");
  // Without the other gate and the limit nothing passes.
  std::string alone = plan.substr(0, plan.find("  again:"));
  alone.replace(alone.find(" min=0.9"), 8, "");
  write_file(project_.folder() / "modelgate.yaml", alone);
  const ProcessOutcome outcome = run({"--quiet"});
  EXPECT_EQ(outcome.exit_code, 3) << outcome.err.text;
  EXPECT_THAT(project_.verdict().sentence, HasSubstr("this blocks: no check passes"));
}

}  // namespace
}  // namespace modelgate
