#include "gates/decision/problems.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace modelgate {
namespace {

using ::testing::ElementsAre;

TEST(ProblemsTest, each_problem_is_an_error_with_a_name_of_its_own) {
  Measurements measurements;
  measurements.subject.role = Role::baseline;
  measurements.problems = {{"crashed", "it crashed"}, {"failed", "it failed"}, {"crashed", "again"}};
  const std::vector<Check> checks = problem_checks(measurements, "unit", "cases");
  ASSERT_EQ(checks.size(), 3u);
  EXPECT_EQ(checks[0].name, "measuring the baseline: crashed");
  EXPECT_EQ(checks[2].name, "measuring the baseline: crashed 2");
  EXPECT_EQ(checks[2].sentence, "measuring the baseline: again");
  for (const Check& check : checks) EXPECT_EQ(check.status, Status::error);
}

TEST(ProblemsTest, what_the_runner_noted_is_a_warning_of_the_verdict) {
  Measurements measurements;
  measurements.notes = {"stderr was cut", "3 rows were not answered"};
  Verdict verdict;
  add_notes(measurements, verdict);
  EXPECT_THAT(verdict.warnings,
              ElementsAre("candidate: stderr was cut", "candidate: 3 rows were not answered"));
}

TEST(ProblemChecks, leave_out_what_concerns_series_of_another_kind) {
  Measurements measurements;
  measurements.problems = {{"machine_unfit", "busy", "samples"}, {"crashed", "it crashed"}};
  EXPECT_EQ(problem_checks(measurements, "latency", "samples").size(), 2u);
  const std::vector<Check> of_answers = problem_checks(measurements, "quality", "records");
  ASSERT_EQ(of_answers.size(), 1u);
  EXPECT_EQ(of_answers[0].reason, "crashed");
}

}  // namespace
}  // namespace modelgate
