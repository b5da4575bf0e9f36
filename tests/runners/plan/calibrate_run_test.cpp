// `modelgate calibrate`, from a plan to the file that a run reads.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "schemas/documents/calibration.h"
#include "speed_project.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::HasSubstr;

class CalibrateRun : public SpeedProject {
 protected:
  Calibration saved() const { return read_calibration(folder_ / ".modelgate" / "calibration.json"); }
};

TEST_F(CalibrateRun, says_how_noisy_each_check_is_and_what_would_be_better) {
  release("quiet 1e-3 0.01\nnoisy 1e-3 0.2\n");
  fs::remove_all(folder_ / "out");
  const ProcessOutcome outcome = program("modelgate", {"calibrate", "--runs", "4", "--seed", "5"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err.text;
  const Calibration calibration = saved();
  EXPECT_EQ(calibration.runs, 4);
  EXPECT_EQ(calibration.seed, 5);
  EXPECT_EQ(calibration.baseline.version, "v1");
  ASSERT_EQ(calibration.checks.size(), 2u);
  const CalibratedCheck &noisy = calibration.checks[0], &quiet = calibration.checks[1];
  EXPECT_EQ(quiet.name, "quiet/manual_time real_time");
  EXPECT_EQ(quiet.inconclusive.count, 0);
  EXPECT_NEAR(quiet.noise->between, 1, 0.4);
  EXPECT_EQ(quiet.pairs, 40);
  EXPECT_FALSE(quiet.too_noisy);
  EXPECT_NEAR(noisy.noise->pair, 28, 9);
  EXPECT_GT(*noisy.suggested_pairs, 40);
  EXPECT_THAT(outcome.out.text, HasSubstr("4 runs of v1 against itself"));
  EXPECT_FALSE(fs::exists(folder_ / "calibration-results" / "baseline-again")) << "copies are removed";
}

TEST_F(CalibrateRun, the_doctor_knows_whether_there_is_one) {
  release("a 1e-3 0.01\n");
  const std::string before = program("modelgate", {"doctor"}).out.text;
  EXPECT_THAT(before, HasSubstr("none: how noisy this machine is, is not known"));
  ASSERT_EQ(program("modelgate", {"calibrate", "--runs", "2", "--quiet"}).exit_code, 0);
  const std::string after = program("modelgate", {"doctor"}).out.text;
  EXPECT_THAT(after, HasSubstr("2 runs of v1 against itself"));
  write_plan("pairs: 20");
  EXPECT_THAT(program("modelgate", {"doctor"}).out.text, HasSubstr("another state of the plan"));
}

TEST_F(CalibrateRun, a_run_takes_its_pairs_where_the_plan_leaves_them_open) {
  release("a 1e-3 0.2\n");
  write_plan("filter: .");
  ASSERT_EQ(program("modelgate", {"calibrate", "--runs", "2", "--quiet"}).exit_code, 0);
  const std::int64_t pairs = saved().pairs.at("speed");
  EXPECT_GT(pairs, 10);
  const ProcessOutcome dry = program("modelgate", {"run", "--dry-run"});
  EXPECT_THAT(dry.out.text, HasSubstr("--pairs=" + std::to_string(pairs)));
}

TEST_F(CalibrateRun, a_calibration_of_another_state_of_the_plan_is_told_in_the_verdict) {
  release("a 1e-3 0.01\n");
  ASSERT_EQ(program("modelgate", {"calibrate", "--runs", "2", "--quiet"}).exit_code, 0);
  write_plan("pairs: 20");
  EXPECT_EQ(run("a 1e-3 0.01\n"), 0) << said_;
  EXPECT_THAT(verdict_.warnings, Contains(HasSubstr("another state of the plan")));
}

TEST_F(CalibrateRun, a_budget_ends_it_after_two_runs_at_least) {
  release("a 1e-3 0.01\n");
  const ProcessOutcome outcome =
      program("modelgate", {"calibrate", "--runs", "50", "--budget-seconds", "0.01"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err.text;
  EXPECT_THAT(outcome.err.text, HasSubstr("the budget allowed 2 of 50 runs"));
  EXPECT_EQ(saved().runs, 2);
  EXPECT_EQ(saved().asked, 50);
}

TEST_F(CalibrateRun, without_a_release_it_says_what_it_needs) {
  const ProcessOutcome outcome = program("modelgate", {"calibrate", "--runs", "2"});
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.err.text, HasSubstr("needs a released baseline"));
  EXPECT_FALSE(fs::exists(folder_ / ".modelgate" / "calibration.json"));
}

TEST_F(CalibrateRun, keeps_out_of_a_folder_that_is_not_its_own) {
  release("a 1e-3 0.01\n");
  write_file(folder_ / "mine" / "thesis.txt", "years of work");
  EXPECT_EQ(program("modelgate", {"calibrate", "--runs", "2", "--output", "mine"}).exit_code, 2);
  EXPECT_EQ(read_file(folder_ / "mine" / "thesis.txt"), "years of work");
}

}  // namespace
}  // namespace modelgate
