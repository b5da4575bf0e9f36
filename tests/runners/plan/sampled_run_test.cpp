// Whole runs that measure look by look.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "runners/process/process.h"
#include "schemas/documents/measurements.h"
#include "schemas/documents/verdict.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class SampledRun : public ::testing::Test {
 protected:
  SampledRun() {
    const std::string name = ::testing::UnitTest::GetInstance()->current_test_info()->name();
    folder_ = fs::path(::testing::TempDir()) / ("sampled " + name);
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "out");
    fs::copy_file(TEST_PROGRAMS "/plan_speeds", folder_ / "out" / "bench");
    write_plan("pairs: 40");
  }
  ~SampledRun() override { fs::remove_all(folder_); }

  void write_plan(const std::string& settings, const std::string& more = "",
                  const std::string& gate = "{from: speed, margin: 10%}") {
    write_file(folder_ / "modelgate.yaml",
               "schema: modelgate/plan\nversion: 1\nname: shop\ncandidate: out\n" + more +
                   "runs:\n  speed: {runner: bench, program: \"{subject}/bench\", min_time_seconds: 0.001, "
                   "seed: 8, environment: {COUNT: \"{plan}/count\"}, " +
                   settings + "}\ngates:\n  performance: " + gate + "\n");
  }

  void release(const std::string& speeds) {
    write_file(folder_ / "out" / "speeds", speeds);
    ASSERT_EQ(program("modelgate-baseline", {"save", "out", "--version", "v1"}).exit_code, 0);
    // What is tested is how a candidate is measured, so the release needs no verdict of its own.
    write_plan_of_release();
  }

  void write_plan_of_release() {
    const std::string plan = read_file(folder_ / "modelgate.yaml");
    write_plan("pairs: 3", "", "{from: speed, margin: 10%, maximum: {\"*\": 1}}");
    ASSERT_EQ(program("modelgate", {"run", "--first-release", "--quiet"}).exit_code, 0);
    ASSERT_EQ(
        program("modelgate-baseline", {"promote", "v1", "--verdict", "gate-results/verdict.json"}).exit_code,
        0);
    write_file(folder_ / "modelgate.yaml", plan);
  }

  ProcessOutcome program(const std::string& name, const std::vector<std::string>& arguments) {
    ProcessSpec spec;
    spec.argv = {MODELGATE_BIN_DIR "/" + name};
    spec.argv.insert(spec.argv.end(), arguments.begin(), arguments.end());
    spec.folder = folder_;
    spec.timeout = std::chrono::seconds(120);
    return run_process(spec);
  }

  /// Runs with this candidate; the count of processes, and so the noise, begins anew.
  int run(const std::string& speeds, std::vector<std::string> arguments = {}) {
    write_file(folder_ / "out" / "speeds", speeds);
    fs::remove(folder_ / "count");
    arguments.insert(arguments.begin(), {"run", "--quiet"});
    const ProcessOutcome outcome = program("modelgate", arguments);
    said_ = outcome.err.text;
    verdict_ = read_verdict(folder_ / "gate-results" / "verdict.json");
    return outcome.exit_code;
  }

  const Check& check(const std::string& name) const {
    for (const Check& one : verdict_.checks)
      if (one.name == name + "/manual_time real_time") return one;
    throw std::runtime_error("no check of " + name);
  }

  fs::path folder_;
  std::string said_;
  Verdict verdict_;
};

TEST_F(SampledRun, a_clear_candidate_needs_only_the_first_look) {
  release("a 1e-3 0.01\n");
  EXPECT_EQ(run("a 1e-3 0.01\n"), 0) << said_;
  ASSERT_TRUE(verdict_.sampling);
  EXPECT_EQ(verdict_.sampling->looks, 1);
  EXPECT_EQ(verdict_.sampling->pairs, 10);
  EXPECT_EQ(verdict_.sampling->ended, "decided");
  EXPECT_EQ(check("a").n.at("pairs"), 10);
  EXPECT_THAT(check("a").looks, SizeIs(1));
}

TEST_F(SampledRun, a_clear_regression_is_blocked_at_the_first_look) {
  release("a 1e-3 0.01\n");
  EXPECT_EQ(run("a 1.5e-3 0.01\n"), 1) << said_;
  EXPECT_EQ(verdict_.sampling->looks, 1);
  EXPECT_EQ(verdict_.sampling->ended, "decided");
}

TEST_F(SampledRun, what_is_decided_stops_and_what_is_not_gets_all_pairs) {
  release("clear 1e-3 0.01\nclose 1e-3 0.3\n");
  run("clear 1e-3 0.01\nclose 1.1e-3 0.3\n");
  EXPECT_EQ(check("clear").status, Status::pass);
  EXPECT_EQ(check("clear").n.at("pairs"), 10);
  EXPECT_EQ(check("close").n.at("pairs"), 40) << check("close").sentence;
  EXPECT_THAT(check("close").looks, SizeIs(3));
  EXPECT_EQ(verdict_.sampling->looks, 3);
  EXPECT_EQ(verdict_.sampling->pairs, 40);
  EXPECT_TRUE(fs::exists(folder_ / "gate-results" / "looks" / "2.json"));
  EXPECT_EQ(read_verdict(folder_ / "gate-results" / "looks" / "1.json").checks.size(), 2u);
}

TEST_F(SampledRun, what_all_pairs_leave_open_is_inconclusive_and_says_so) {
  release("close 1e-3 0.3\n");
  write_plan("pairs: 16");
  EXPECT_EQ(run("close 1.05e-3 0.3\n"), 3) << said_;
  EXPECT_EQ(verdict_.sampling->ended, "exhausted");
  EXPECT_EQ(verdict_.sampling->looks, 2);
  EXPECT_FALSE(check("close").needs.empty());
}

TEST_F(SampledRun, the_looks_of_the_plan_are_taken) {
  release("close 1e-3 0.3\n");
  write_plan("pairs: 12, looks: [6, 9, 12]");
  run("close 1.1e-3 0.3\n");
  ASSERT_THAT(check("close").looks, SizeIs(3));
  EXPECT_EQ(check("close").looks[1].n, 9);
}

TEST_F(SampledRun, a_budget_of_pairs_ends_it) {
  release("close 1e-3 0.3\n");
  write_plan("pairs: 40", "budget: {pairs: 20}\n");
  EXPECT_EQ(run("close 1.1e-3 0.3\n"), 3);
  EXPECT_EQ(verdict_.sampling->ended, "budget");
  EXPECT_EQ(verdict_.sampling->pairs, 20);
  EXPECT_EQ(verdict_.sampling->budget_pairs, 20);
  EXPECT_THAT(verdict_.warnings, Contains(HasSubstr("budget")));
}

TEST_F(SampledRun, a_budget_of_time_ends_it) {
  release("close 1e-3 0.3\n");
  EXPECT_EQ(run("close 1.1e-3 0.3\n", {"--budget-seconds", "0"}), 3);
  EXPECT_EQ(verdict_.sampling->ended, "budget");
  EXPECT_EQ(verdict_.sampling->pairs, 10);
  EXPECT_EQ(verdict_.sampling->budget_seconds, 0);
}

TEST_F(SampledRun, a_program_that_dies_at_a_later_look_is_an_error) {
  release("close 1e-3 0.3\n");
  // Two processes that do not count, and ten pairs.
  EXPECT_EQ(run("close 1.1e-3 0.3\ndies 22\n"), 4) << said_;
  EXPECT_EQ(verdict_.status, Status::error);
}

TEST_F(SampledRun, one_look_keeps_no_record_of_looks) {
  release("a 1e-3 0.01\n");
  write_plan("pairs: 10");
  EXPECT_EQ(run("a 1e-3 0.01\n"), 0) << said_;
  EXPECT_FALSE(verdict_.sampling);
  EXPECT_FALSE(fs::exists(folder_ / "gate-results" / "looks"));
}

TEST_F(SampledRun, a_dry_run_declares_the_looks) {
  write_file(folder_ / "out" / "speeds", "a 1e-3 0.01\n");
  const ProcessOutcome dry = program("modelgate", {"run", "--first-release", "--dry-run"});
  EXPECT_EQ(dry.exit_code, 0) << dry.err.text;
  EXPECT_THAT(dry.out.text, HasSubstr("--looks=10 --looks=20 --looks=40"));
}

}  // namespace
}  // namespace modelgate
