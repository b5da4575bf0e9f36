// modelgate-run-gtest on programs whose tests misbehave.

#include <gmock/gmock.h>

#include "tests/runners/gtest/gtest_fixture.h"

namespace modelgate {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST_F(GtestTest, reports_passes_failures_skips_and_disabled_tests) {
  run_nasty("Plain.*");
  EXPECT_EQ(code_, ExitCode::pass);
  EXPECT_EQ(cases_.size(), 5u);
  EXPECT_EQ(status("Plain.passes"), CaseStatus::passed);
  EXPECT_EQ(status("Plain.passes_too"), CaseStatus::passed);
  EXPECT_EQ(status("Plain.fails"), CaseStatus::failed);
  EXPECT_THAT(test("Plain.fails").message, HasSubstr("arithmetic"));
  EXPECT_THAT(test("Plain.fails").message, HasSubstr("a second one"));
  EXPECT_THAT(test("Plain.fails").message, Not(HasSubstr("words before")));
  EXPECT_THAT(test("Plain.fails").file, HasSubstr("nasty_tests.cpp"));
  EXPECT_THAT(test("Plain.fails").message,
              HasSubstr(":" + std::to_string(test("Plain.fails").line) + ": Failure"));
  EXPECT_EQ(status("Plain.skips"), CaseStatus::skipped);
  EXPECT_THAT(test("Plain.skips").message, HasSubstr("no such hardware"));
  EXPECT_EQ(status("Plain.DISABLED_waits_for_better_times"), CaseStatus::skipped);
  EXPECT_THAT(document_.problems, IsEmpty());
}

TEST_F(GtestTest, runs_disabled_tests_when_the_arguments_ask_for_them) {
  options_.arguments = {"--gtest_also_run_disabled_tests"};
  run_nasty("Plain.*");
  EXPECT_EQ(status("Plain.DISABLED_waits_for_better_times"), CaseStatus::failed);
}

TEST_F(GtestTest, names_the_test_that_crashes_and_runs_the_others) {
  run_nasty("Crash.*");
  EXPECT_EQ(code_, ExitCode::pass);
  EXPECT_EQ(status("Crash.by_signal"), CaseStatus::crashed);
  EXPECT_EQ(status("Crash.by_abort"), CaseStatus::crashed);
  EXPECT_THAT(test("Crash.by_abort").message, HasSubstr("the last words on stderr"));
  EXPECT_EQ(status("Crash.by_a_throw_that_nobody_may_catch"), CaseStatus::crashed);
  EXPECT_THAT(test("Crash.by_a_throw_that_nobody_may_catch").message, HasSubstr("out of noexcept"));
  EXPECT_EQ(status("Crash.none"), CaseStatus::passed);
  EXPECT_THAT(document_.problems, IsEmpty());
}

TEST_F(GtestTest, a_test_that_calls_exit_is_a_crash_even_with_code_zero) {
  run_nasty("Exit.*");
  EXPECT_EQ(status("Exit.with_zero"), CaseStatus::crashed);
  EXPECT_THAT(test("Exit.with_zero").message, HasSubstr("ended its process by exit(0)"));
  EXPECT_EQ(status("Exit.with_zero_at_once"), CaseStatus::crashed);
  EXPECT_THAT(test("Exit.with_three").message, HasSubstr("exit(3)"));
  EXPECT_EQ(status("Exit.none"), CaseStatus::passed);
}

TEST_F(GtestTest, an_exception_out_of_a_test_fails_it_alone) {
  run_nasty("Throw.*");
  EXPECT_EQ(status("Throw.fails_and_the_others_go_on"), CaseStatus::failed);
  EXPECT_THAT(test("Throw.fails_and_the_others_go_on").message, HasSubstr("thrown out of the body"));
  EXPECT_EQ(status("Throw.none"), CaseStatus::passed);
}

TEST_F(GtestTest, stops_a_test_that_hangs_and_runs_the_others) {
  options_.test_timeout_seconds = 0.3;
  run_nasty("Hang.*");
  EXPECT_EQ(status("Hang.for_ever"), CaseStatus::timed_out);
  EXPECT_THAT(test("Hang.for_ever").message, HasSubstr("did not end within 0.3 s"));
  EXPECT_EQ(status("Hang.and_ignores_sigterm"), CaseStatus::timed_out);
  EXPECT_EQ(status("Hang.none"), CaseStatus::passed);
  EXPECT_THAT(document_.problems, IsEmpty());
}

TEST_F(GtestTest, is_not_misled_by_what_tests_print) {
  run_nasty("Output.*");
  EXPECT_EQ(status("Output.without_newline"), CaseStatus::passed);
  EXPECT_EQ(status("Output.without_newline_before_a_failure"), CaseStatus::failed);
  EXPECT_EQ(status("Output.looks_like_googletest"), CaseStatus::passed);
  EXPECT_EQ(status("Output.claims_to_pass_and_fails"), CaseStatus::failed);
  EXPECT_EQ(status("Output.claims_to_pass_and_crashes"), CaseStatus::crashed);
  EXPECT_EQ(status("Output.claims_in_colour_to_pass_and_crashes"), CaseStatus::crashed);
  EXPECT_EQ(status("Output.is_not_utf8"), CaseStatus::failed);
  EXPECT_EQ(status("Output.is_one_huge_line"), CaseStatus::passed);
  EXPECT_EQ(status("Output.passes_after_all_that"), CaseStatus::passed);
}

TEST_F(GtestTest, cuts_the_output_of_a_flood_and_says_so) {
  run_nasty("Output.is_huge_and_fails");
  EXPECT_EQ(status("Output.is_huge_and_fails"), CaseStatus::failed);
  EXPECT_THAT(test("Output.is_huge_and_fails").message, HasSubstr("after the flood"));
  EXPECT_LT(test("Output.is_huge_and_fails").message.size(), 100u * 1024);
  EXPECT_THAT(document_.notes, Contains(HasSubstr("only the beginning and the end")));
}

TEST_F(GtestTest, survives_forks_and_a_closed_stdout) {
  run_nasty("Fork.*:Stream.*");
  for (const Case& one : cases_) EXPECT_EQ(one.status, CaseStatus::passed) << one.name << ": " << one.message;
  EXPECT_EQ(cases_.size(), 5u);
}

TEST_F(GtestTest, runs_death_tests) {
  run_nasty("DeathTest.*");
  EXPECT_EQ(status("DeathTest.dies_fast"), CaseStatus::passed);
  EXPECT_EQ(status("DeathTest.dies_threadsafe"), CaseStatus::passed);
}

TEST_F(GtestTest, tells_parameterised_and_typed_tests_apart) {
  run_nasty("*Parameters*:Types*");
  EXPECT_EQ(status("Each/Parameters.fail_for_b/0"), CaseStatus::passed);
  EXPECT_EQ(status("Each/Parameters.fail_for_b/1"), CaseStatus::failed);
  EXPECT_EQ(status("Each/Parameters.fail_for_b/2"), CaseStatus::passed);
  EXPECT_EQ(status("Types/0.are_small"), CaseStatus::passed);
  EXPECT_EQ(status("Types/1.are_small"), CaseStatus::failed);
}

TEST_F(GtestTest, runs_tests_of_any_name_and_keeps_the_worst_of_one_name) {
  run_nasty("Names.*");
  EXPECT_EQ(cases_.size(), 3u);
  EXPECT_EQ(status("Names.a b-c:d*?  # (3 ms)"), CaseStatus::passed);
  EXPECT_EQ(status("Names.na\xc3\xafve \xef\xbf\xbd"), CaseStatus::passed);
  EXPECT_EQ(status("Names.twice"), CaseStatus::failed);
  EXPECT_THAT(document_.notes, Contains(HasSubstr("2 tests are called Names.twice")));
}

TEST_F(GtestTest, names_every_test_of_the_program_once_without_a_filter) {
  options_.test_timeout_seconds = 0.3;
  run_nasty("");
  EXPECT_EQ(code_, ExitCode::pass) << problems();
  EXPECT_EQ(cases_.size(), 43u);
  for (const Case& one : cases_) EXPECT_NE(one.status, CaseStatus::not_run) << one.name;
}

TEST_F(GtestTest, a_failure_around_a_suite_is_one_of_its_tests) {
  for (const char* how : {"suite-set-up-fails", "suite-set-up-fails-fatally", "suite-tear-down-fails"}) {
    options_.arguments.clear();
    run_strange(how);
    EXPECT_EQ(code_, ExitCode::pass) << how << problems();
    for (const char* name : {"Guarded.one", "Guarded.two"}) {
      EXPECT_EQ(status(name), CaseStatus::failed) << how;
      EXPECT_THAT(test(name).message, HasSubstr("set-up or tear-down of the suite failed")) << how;
      EXPECT_THAT(test(name).message, HasSubstr("in suite-")) << how;
    }
    EXPECT_EQ(status("Before.one"), CaseStatus::passed) << how;
    EXPECT_EQ(status("Other.one"), CaseStatus::passed) << how;
  }
}

TEST_F(GtestTest, a_suite_whose_set_up_or_tear_down_ends_the_process_is_named) {
  options_.shards = 1;
  options_.test_timeout_seconds = 0.3;
  for (const std::string where : {"set-up", "tear-down"})
    for (const std::string how : {"crashes", "exits", "hangs"}) {
      options_.arguments.clear();
      run_strange("suite-" + where + "-" + how);
      const CaseStatus expected = how == "hangs" ? CaseStatus::timed_out : CaseStatus::crashed;
      EXPECT_EQ(status("Before.one"), CaseStatus::passed) << where << how;
      EXPECT_EQ(status("Guarded.one"), expected) << where << how;
      EXPECT_EQ(status("Guarded.two"), expected) << where << how;
      EXPECT_THAT(test("Guarded.two").message, HasSubstr("In the " + where + " of the suite"));
      EXPECT_EQ(status("Other.one"), CaseStatus::passed) << where << how;
    }
}

TEST_F(GtestTest, a_global_set_up_that_fails_fails_the_tests_that_it_keeps_from_running) {
  run_strange("environment-set-up-fails-fatally");
  for (const Case& one : cases_) EXPECT_EQ(one.status, CaseStatus::failed) << one.name;
}

TEST_F(GtestTest, a_global_set_up_that_skips_skips_all) {
  run_strange("environment-set-up-skips");
  EXPECT_EQ(code_, ExitCode::pass) << problems();
  for (const Case& one : cases_) {
    EXPECT_EQ(one.status, CaseStatus::skipped) << one.name;
    EXPECT_THAT(one.message, HasSubstr("no such hardware"));
  }
}

}  // namespace
}  // namespace modelgate
