#include "gates/unit/test_outcome.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

namespace modelgate {
namespace {

using ::testing::HasSubstr;

constexpr auto passed = CaseStatus::passed, failed = CaseStatus::failed, skipped = CaseStatus::skipped,
               crashed = CaseStatus::crashed, timed_out = CaseStatus::timed_out,
               not_run = CaseStatus::not_run;
using Outcome = std::optional<CaseStatus>;
constexpr Outcome absent = std::nullopt;

Check judged(Outcome before, Outcome now, bool first_release = false) {
  Case old, current;
  TestPair test{"Suite.Test", nullptr, nullptr};
  if (before) old.status = *before, test.before = &old;
  if (now) current.status = *now, test.now = &current;
  return judge_test(test, "unit", first_release);
}

/// "status reason"
std::string decided(Outcome before, Outcome now, bool first_release = false) {
  const Check check = judged(before, now, first_release);
  return name_of(check.status) + " " + check.reason;
}

TEST(TestOutcomeTest, what_passed_must_be_there_and_pass) {
  EXPECT_EQ(decided(passed, passed), "pass still_passes");
  EXPECT_EQ(decided(passed, failed), "fail new_failure");
  EXPECT_EQ(decided(passed, crashed), "fail new_crash");
  EXPECT_EQ(decided(passed, timed_out), "fail new_timeout");
  EXPECT_EQ(decided(passed, skipped), "fail newly_skipped");
  EXPECT_EQ(decided(passed, absent), "fail test_vanished");
  EXPECT_EQ(decided(passed, not_run), "error new_not_run");
}

TEST(TestOutcomeTest, what_is_new_must_pass) {
  EXPECT_EQ(decided(absent, passed), "pass new_test");
  EXPECT_EQ(decided(absent, failed), "fail new_failure");
  EXPECT_EQ(decided(absent, crashed), "fail new_crash");
  EXPECT_EQ(decided(absent, timed_out), "fail new_timeout");
  EXPECT_EQ(decided(absent, skipped), "not_compared skipped");
  EXPECT_EQ(decided(absent, not_run), "error not_run");
}

TEST(TestOutcomeTest, a_failure_that_the_baseline_has_too_is_known_and_never_a_pass) {
  EXPECT_EQ(decided(failed, failed), "not_compared known_failure");
  EXPECT_EQ(decided(crashed, crashed), "not_compared known_failure");
  EXPECT_EQ(decided(timed_out, timed_out), "not_compared known_failure");
  EXPECT_EQ(decided(crashed, failed), "not_compared known_failure");
  EXPECT_EQ(decided(timed_out, failed), "not_compared known_failure");
  for (const CaseStatus bad : {failed, crashed, timed_out}) {
    EXPECT_EQ(decided(bad, skipped), "not_compared skipped");
    EXPECT_EQ(decided(bad, absent), "not_compared known_failure_gone");
    EXPECT_EQ(decided(bad, not_run), "error not_run");
  }
}

TEST(TestOutcomeTest, a_known_failure_that_now_crashes_or_hangs_is_new) {
  EXPECT_EQ(decided(failed, crashed), "fail new_crash");
  EXPECT_EQ(decided(timed_out, crashed), "fail new_crash");
  EXPECT_EQ(decided(failed, timed_out), "fail new_timeout");
  EXPECT_EQ(decided(crashed, timed_out), "fail new_timeout");
}

TEST(TestOutcomeTest, a_failure_that_is_mended_passes_as_an_improvement) {
  for (const CaseStatus bad : {failed, crashed, timed_out}) {
    EXPECT_EQ(decided(bad, passed), "pass fixed");
    EXPECT_TRUE(judged(bad, passed).improved);
  }
  EXPECT_FALSE(judged(passed, passed).improved);
  EXPECT_FALSE(judged(skipped, passed).improved);
}

TEST(TestOutcomeTest, what_was_skipped_must_not_fail) {
  EXPECT_EQ(decided(skipped, passed), "pass passes");
  EXPECT_EQ(decided(skipped, failed), "fail new_failure");
  EXPECT_EQ(decided(skipped, crashed), "fail new_crash");
  EXPECT_EQ(decided(skipped, timed_out), "fail new_timeout");
  EXPECT_EQ(decided(skipped, skipped), "not_compared skipped");
  EXPECT_EQ(decided(skipped, absent), "not_compared skipped_gone");
  EXPECT_EQ(decided(skipped, not_run), "error not_run");
}

TEST(TestOutcomeTest, a_baseline_without_an_outcome_excuses_nothing) {
  EXPECT_EQ(decided(not_run, passed), "pass passes");
  EXPECT_EQ(decided(not_run, failed), "fail new_failure");
  EXPECT_EQ(decided(not_run, skipped), "error baseline_not_run");
  EXPECT_EQ(decided(not_run, absent), "error baseline_not_run");
  EXPECT_EQ(decided(not_run, not_run), "error not_run");
}

TEST(TestOutcomeTest, nothing_but_a_test_that_passes_now_is_a_pass) {
  for (const Outcome before : {Outcome(passed), Outcome(failed), Outcome(skipped), Outcome(crashed),
                               Outcome(timed_out), Outcome(not_run), absent})
    for (const Outcome now : {Outcome(failed), Outcome(skipped), Outcome(crashed), Outcome(timed_out),
                              Outcome(not_run), absent}) {
      if (!before && !now) continue;
      EXPECT_NE(judged(before, now).status, Status::pass) << judged(before, now).sentence;
    }
}

TEST(TestOutcomeTest, in_a_first_release_every_test_must_pass_by_itself) {
  EXPECT_EQ(decided(absent, passed, true), "pass passes");
  EXPECT_EQ(decided(absent, failed, true), "fail new_failure");
  EXPECT_EQ(decided(absent, crashed, true), "fail new_crash");
  EXPECT_EQ(decided(absent, timed_out, true), "fail new_timeout");
  EXPECT_EQ(decided(absent, skipped, true), "not_compared skipped");
  EXPECT_EQ(decided(absent, not_run, true), "error not_run");
  EXPECT_EQ(judged(absent, passed, true).sentence,
            "Suite.Test: passes; first release, nothing to compare with");
}

TEST(TestOutcomeTest, says_what_happened_where) {
  Case old{"Featurizer.handles_chinese", passed, 0, "", "tests.cpp", 30};
  Case now{"Featurizer.handles_chinese",
           failed,
           0,
           "src/tests.cpp:41: Failure\nexpected 3, got 2\n",
           "tests.cpp",
           32};
  const Check check = judge_test({"Featurizer.handles_chinese", &old, &now}, "unit", false);
  EXPECT_EQ(check.sentence,
            "Featurizer.handles_chinese: passed in the baseline and now fails: expected 3, got 2 "
            "(tests.cpp:41)");
  EXPECT_EQ(check.details, now.message);
  EXPECT_EQ(check.file, "tests.cpp");
  EXPECT_EQ(check.line, 32);
}

TEST(TestOutcomeTest, a_vanished_test_is_named_with_the_place_it_had) {
  Case old{"A.B", passed, 0, "", "tests.cpp", 30};
  const Check check = judge_test({"A.B", &old, nullptr}, "unit", false);
  EXPECT_EQ(check.sentence, "A.B: passed in the baseline and is gone");
  EXPECT_EQ(check.file, "tests.cpp");
}

TEST(TestOutcomeTest, a_pass_after_a_failed_attempt_is_noted) {
  Case now{"A.B", passed, 0, "passed after a failed attempt: expected 3", "", 0};
  const Check check = judge_test({"A.B", &now, &now}, "unit", false);
  EXPECT_EQ(check.status, Status::pass);
  EXPECT_THAT(check.warnings, ::testing::ElementsAre(HasSubstr("after a failed attempt")));
}

}  // namespace
}  // namespace modelgate
