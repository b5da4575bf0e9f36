#include "gates/unit/test_outcome.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

namespace modelgate {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

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
  return judge_test(test, "unit", {first_release, false});
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
  const Check check = judge_test({"Featurizer.handles_chinese", &old, &now}, "unit", {});
  EXPECT_EQ(check.sentence,
            "Featurizer.handles_chinese: passed in the baseline and now fails: expected 3, got 2 "
            "(tests.cpp:41)");
  EXPECT_EQ(check.details, now.message);
  EXPECT_EQ(check.file, "tests.cpp");
  EXPECT_EQ(check.line, 32);
}

TEST(TestOutcomeTest, a_vanished_test_is_named_with_the_place_it_had) {
  Case old{"A.B", passed, 0, "", "tests.cpp", 30};
  const Check check = judge_test({"A.B", &old, nullptr}, "unit", {});
  EXPECT_EQ(check.sentence, "A.B: passed in the baseline and is gone");
  EXPECT_EQ(check.file, "tests.cpp");
}

TEST(TestOutcomeTest, a_pass_after_a_failed_attempt_is_noted) {
  Case now{"A.B", passed, 0, "passed after a failed attempt: expected 3", "", 0};
  const Check check = judge_test({"A.B", &now, &now}, "unit", {});
  EXPECT_EQ(check.status, Status::pass);
  EXPECT_THAT(check.warnings, ::testing::ElementsAre(HasSubstr("after a failed attempt")));
}

/// "passed", "failed passed": the attempts of a test, of which the last is its outcome.
Case tried(const std::vector<CaseStatus>& attempts) {
  Case test{"A.B", attempts.back(), 0, "", "tests.cpp", 30, {}};
  for (const CaseStatus status : attempts) {
    const bool bad = is_bad(status);
    test.attempts.push_back({status, 0, bad ? "src/tests.cpp:41: Failure\nexpected 3, got 2\n" : ""});
  }
  test.message = test.attempts.back().message;
  if (attempts.size() == 1) test.attempts.clear();
  return test;
}

Check judged_attempts(const std::vector<CaseStatus>& before, const std::vector<CaseStatus>& now,
                      bool fail_on_flaky = false) {
  const Case current = tried(now), old = before.empty() ? Case() : tried(before);
  return judge_test({"A.B", before.empty() ? nullptr : &old, &current}, "unit",
                    {before.empty(), fail_on_flaky});
}
std::string decided_by_attempts(const std::vector<CaseStatus>& before, const std::vector<CaseStatus>& now,
                                bool fail_on_flaky = false) {
  const Check check = judged_attempts(before, now, fail_on_flaky);
  return name_of(check.status) + " " + check.reason;
}

TEST(Flakiness, passes_with_a_warning_unless_it_is_to_fail) {
  for (const auto& before : std::vector<std::vector<CaseStatus>>{
           {passed}, {failed, passed}, {failed}, {failed, failed}, {skipped}, {not_run}, {}})
    for (const auto& now : std::vector<std::vector<CaseStatus>>{
             {failed, passed}, {crashed, passed}, {timed_out, failed, passed}, {not_run, passed}}) {
      const Check check = judged_attempts(before, now);
      EXPECT_EQ(name_of(check.status) + " " + check.reason, "pass flaky") << check.sentence;
      EXPECT_THAT(check.warnings, Contains(HasSubstr("did not pass at first")));
      EXPECT_FALSE(check.improved);
      EXPECT_EQ(decided_by_attempts(before, now, true), "fail flaky") << check.sentence;
    }
}

TEST(Flakiness, says_at_which_attempt_and_what_was_wrong_before) {
  const Check check = judged_attempts({passed}, {failed, failed, passed});
  EXPECT_EQ(check.sentence, "A.B: passed in the baseline and now passes only at attempt 3");
  EXPECT_THAT(check.warnings, ElementsAre("flaky, did not pass at first: expected 3, got 2 (tests.cpp:41)"));
  EXPECT_EQ(check.details, "src/tests.cpp:41: Failure\nexpected 3, got 2\n");
  EXPECT_EQ(check.attempts.size(), 3u);
  const Check blocked = judged_attempts({passed}, {failed, passed}, true);
  EXPECT_EQ(blocked.sentence,
            "A.B: passed in the baseline and now passes only at attempt 2: expected 3, got 2 (tests.cpp:41)");
  EXPECT_THAT(blocked.warnings, IsEmpty());
  EXPECT_EQ(judged_attempts({}, {failed, passed}).sentence,
            "A.B: passes only at attempt 2; first release, nothing to compare with");
  EXPECT_EQ(judged_attempts({crashed, passed}, {failed, passed}).sentence,
            "A.B: passes only at attempt 2, as in the baseline");
}

TEST(Flakiness, of_the_baseline_alone_is_only_noted) {
  for (const bool fail_on_flaky : {false, true}) {
    const Check check = judged_attempts({failed, passed}, {passed}, fail_on_flaky);
    EXPECT_EQ(name_of(check.status) + " " + check.reason, "pass still_passes");
    EXPECT_THAT(check.warnings, ElementsAre("was flaky in the baseline: expected 3, got 2 (tests.cpp:41)"));
    EXPECT_THAT(check.attempts, IsEmpty());
  }
  EXPECT_EQ(decided_by_attempts({failed, passed}, {failed}), "fail new_failure");
  EXPECT_EQ(judged_attempts({failed, passed}, {failed}).sentence,
            "A.B: passed in the baseline when it was run again and now fails: expected 3, got 2 "
            "(tests.cpp:41)");
}

TEST(Flakiness, is_none_where_no_attempt_passed) {
  for (const bool fail_on_flaky : {false, true}) {
    EXPECT_EQ(decided_by_attempts({passed}, {failed, failed}, fail_on_flaky), "fail new_failure");
    EXPECT_EQ(decided_by_attempts({passed}, {failed, crashed}, fail_on_flaky), "fail new_crash");
    EXPECT_EQ(decided_by_attempts({failed}, {failed, failed}, fail_on_flaky), "not_compared known_failure");
  }
  const Check check = judged_attempts({passed}, {failed, failed, timed_out});
  EXPECT_EQ(check.sentence,
            "A.B: passed in the baseline and now does not end in time (3 attempts): expected 3, got 2 "
            "(tests.cpp:41)");
  EXPECT_EQ(check.attempts.size(), 3u);
}

TEST(Flakiness, a_failure_that_is_followed_by_a_skip_or_by_nothing_stands) {
  for (const CaseStatus nothing : {skipped, not_run})
    for (const bool first_release : {false, true}) {
      const std::vector<CaseStatus> before =
          first_release ? std::vector<CaseStatus>{} : std::vector<CaseStatus>{passed};
      const Check check = judged_attempts(before, {failed, nothing});
      EXPECT_EQ(name_of(check.status) + " " + check.reason, "fail new_failure") << check.sentence;
      EXPECT_THAT(check.sentence, HasSubstr("expected 3, got 2"));
      EXPECT_EQ(decided_by_attempts(before, {crashed, nothing, nothing}), "fail new_crash");
    }
  EXPECT_EQ(decided_by_attempts({}, {skipped, skipped}), "not_compared skipped");
}

TEST(Flakiness, shows_no_more_of_an_attempt_than_a_report_can_bear) {
  Case now = tried({failed, passed});
  now.attempts.front().message = std::string(100'000, 'x');
  const Check check = judge_test({"A.B", nullptr, &now}, "unit", {});
  EXPECT_LT(check.attempts.front().message.size(), 2200u);
  EXPECT_THAT(check.attempts.front().message, HasSubstr("bytes more"));
}

}  // namespace
}  // namespace modelgate
