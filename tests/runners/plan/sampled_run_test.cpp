// Whole runs that measure look by look.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "speed_project.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class SampledRun : public SpeedProject {};

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

TEST_F(SampledRun, a_runner_that_is_killed_at_a_later_look_leaves_nothing_to_judge_by) {
  release("clear 1e-3 0.01\nclose 1e-3 0.3\n");
  // That something passes and the rest only warns must not hide it.
  EXPECT_EQ(run("clear 1e-3 0.01\nclose 1.1e-3 0.3\norphaned 22\n", {"--inconclusive", "warn"}), 4) << said_;
  EXPECT_EQ(verdict_.status, Status::error);
  EXPECT_FALSE(fs::exists(folder_ / "gate-results" / "measurements" / "speed" / "candidate.json"));
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

TEST_F(SampledRun, slow_creep_over_releases_is_told_and_limited) {
  release("a 1e-3 0.002\n");
  EXPECT_EQ(run("a 1.06e-3 0.002\n", {"--candidate-version", "v2"}), 0) << said_;
  EXPECT_THAT(check("a").warnings, IsEmpty());
  release_next("v2");
  EXPECT_EQ(run("a 1.12e-3 0.002\n", {"--candidate-version", "v3"}), 0) << said_;
  EXPECT_THAT(check("a").warnings, Contains(HasSubstr("each release passed; together +12")));
  EXPECT_THAT(check("a").warnings, Contains(HasSubstr("since v1 (2 releases")));
  write_plan("pairs: 40", "", "{from: speed, margin: 10%, creep: 8%}");
  EXPECT_EQ(run("a 1.12e-3 0.002\n", {"--candidate-version", "v3"}), 1) << said_;
  EXPECT_EQ(check("a").status, Status::pass);
  const Check& creep = verdict_.checks.back();
  EXPECT_EQ(creep.name, "a/manual_time real_time creep");
  EXPECT_EQ(creep.status, Status::fail);
  EXPECT_EQ(creep.n.at("releases"), 2);
}

}  // namespace
}  // namespace modelgate
