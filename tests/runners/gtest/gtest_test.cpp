// modelgate-run-gtest on programs whose tests misbehave.

#include "runners/gtest/gtest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <set>

#include "schemas/documents/measurements.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class GtestTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) /
              (std::string("gtest ") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    options_.runner.candidate = TEST_PROGRAMS;
    options_.runner.output = (folder_ / "out").string();
    options_.shards = 2;
  }
  void TearDown() override { fs::remove_all(folder_); }

  void run(const std::string& program, const std::string& filter = "") {
    options_.program = program.front() == '/' ? program : "{subject}/" + program;
    options_.filter = filter;
    code_ = run_gtest(options_);
    document_ = read_measurements(folder_ / "out" / "candidate.json");
    cases_ = std::get<CaseSeries>(document_.series.at(0)).cases;
  }
  void run_nasty(const std::string& filter) { run("gtest_nasty_tests", filter); }
  void run_strange(const std::string& how) {
    options_.arguments.insert(options_.arguments.begin(), "--how=" + how);
    run("gtest_strange_program");
  }

  const Case& test(const std::string& name) const {
    for (const Case& one : cases_)
      if (one.name == name) return one;
    static const Case missing;
    ADD_FAILURE() << "there is no case " << name;
    return missing;
  }
  CaseStatus status(const std::string& name) const { return test(name).status; }
  std::string problems() const {
    std::string all;
    for (const Problem& problem : document_.problems) all += problem.code + ": " + problem.sentence + "\n";
    return all;
  }

  fs::path folder_;
  GtestOptions options_;
  ExitCode code_ = ExitCode::usage;
  Measurements document_;
  std::vector<Case> cases_;
};

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

TEST_F(GtestTest, what_goes_wrong_around_all_tests_is_a_problem) {
  options_.test_timeout_seconds = 0.3;
  options_.runner.timeout_seconds = 20;
  for (const char* how :
       {"environment-set-up-fails", "environment-set-up-crashes", "environment-set-up-exits",
        "environment-set-up-hangs", "environment-tear-down-fails", "environment-tear-down-crashes",
        "environment-tear-down-exits", "environment-tear-down-hangs", "main-crashes", "main-exits",
        "main-fails", "end-crashes", "returns-three"}) {
    options_.arguments.clear();
    run_strange(how);
    EXPECT_EQ(code_, ExitCode::error) << how;
    EXPECT_THAT(document_.problems, Not(IsEmpty())) << how;
    for (const Case& one : cases_)
      EXPECT_THAT(one.status, AnyOf(CaseStatus::passed, CaseStatus::not_run)) << how << " " << one.name;
  }
}

TEST_F(GtestTest, tests_that_never_ran_are_said_to_be_not_run) {
  run_strange("main-crashes");
  EXPECT_EQ(cases_.size(), 4u);
  for (const Case& one : cases_) EXPECT_EQ(one.status, CaseStatus::not_run) << one.name;
  EXPECT_THAT(problems(), HasSubstr("not_run: 4 tests were listed and not run: Before.one"));
}

TEST_F(GtestTest, a_test_that_is_listed_and_then_missing_does_not_vanish) {
  fs::create_directories(folder_);
  options_.arguments = {"--file=" + (folder_ / "starts").string()};
  run_strange("another-list-each-time");
  EXPECT_EQ(code_, ExitCode::error);
  EXPECT_EQ(status("Changing.test_1"), CaseStatus::not_run);
  EXPECT_EQ(status("Before.one"), CaseStatus::passed);
  EXPECT_THAT(problems(), HasSubstr("Changing.test_1"));
}

TEST_F(GtestTest, is_not_misled_by_words_that_look_like_a_list_of_tests) {
  run_strange("prints-a-false-list");
  EXPECT_EQ(code_, ExitCode::pass) << problems();
  EXPECT_EQ(cases_.size(), 4u);
  for (const Case& one : cases_) EXPECT_EQ(one.status, CaseStatus::passed) << one.name;
}

TEST_F(GtestTest, says_where_a_test_stands_that_did_not_pass) {
  run_nasty("Crash.by_abort:Output.without_newline_before_a_failure:Throw.fails*");
  EXPECT_THAT(test("Crash.by_abort").file, EndsWith("nasty_tests.cpp"));
  EXPECT_GT(test("Crash.by_abort").line, 0);
  const std::string& file = test("Output.without_newline_before_a_failure").file;
  EXPECT_THAT(file, EndsWith("nasty_tests.cpp"));
  EXPECT_THAT(file, Not(HasSubstr("progress")));
  EXPECT_THAT(test("Throw.fails_and_the_others_go_on").file, EndsWith("nasty_tests.cpp"));
}

TEST_F(GtestTest, reads_the_report_of_a_program_that_prints_nothing) {
  run_strange("prints-nothing");
  EXPECT_EQ(code_, ExitCode::pass) << problems();
  EXPECT_EQ(cases_.size(), 4u);
  for (const Case& one : cases_) EXPECT_EQ(one.status, CaseStatus::passed) << one.name;
}

TEST_F(GtestTest, a_main_that_hides_failures_behind_zero_hides_nothing) {
  options_.arguments = {"--how=returns-zero-always"};
  run_strange("test-fails");
  EXPECT_EQ(status("Guarded.one"), CaseStatus::failed);
}

TEST_F(GtestTest, a_program_without_tests_is_a_problem) {
  run("gtest_no_tests");
  EXPECT_EQ(code_, ExitCode::error);
  EXPECT_THAT(cases_, IsEmpty());
  EXPECT_THAT(problems(), HasSubstr("no_tests: the test program has no tests"));
  run_nasty("Nothing.*");
  EXPECT_THAT(problems(), HasSubstr("no tests that match 'Nothing.*'"));
}

TEST_F(GtestTest, what_is_no_googletest_program_is_a_problem) {
  for (const char* program :
       {"/bin/true", "/bin/false", "/bin/cat", "/no/such/program", "/tmp", "/dev/null"}) {
    run(program);
    EXPECT_EQ(code_, ExitCode::error) << program;
    EXPECT_EQ(document_.problems.size(), 1u) << program;
    EXPECT_THAT(cases_, IsEmpty()) << program;
  }
}

TEST_F(GtestTest, all_tests_together_have_a_limit_too) {
  options_.shards = 1;
  options_.runner.timeout_seconds = 0.5;
  run_strange("test-hangs");
  EXPECT_EQ(code_, ExitCode::error);
  EXPECT_EQ(status("Before.one"), CaseStatus::passed);
  for (const char* name : {"Guarded.one", "Guarded.two", "Other.one"})
    EXPECT_EQ(status(name), CaseStatus::not_run);
  EXPECT_THAT(problems(),
              HasSubstr("timed_out: the tests did not end within 0.5 s; running was Guarded.one"));
}

TEST_F(GtestTest, googletest_variables_of_the_user_change_nothing) {
  ::setenv("GTEST_FILTER", "Nothing", 1);
  ::setenv("GTEST_SHUFFLE", "1", 1);
  ::setenv("GTEST_REPEAT", "3", 1);
  ::setenv("GTEST_TOTAL_SHARDS", "7", 1);
  ::setenv("GTEST_SHARD_INDEX", "6", 1);
  run_nasty("Plain.*");
  for (const char* name :
       {"GTEST_FILTER", "GTEST_SHUFFLE", "GTEST_REPEAT", "GTEST_TOTAL_SHARDS", "GTEST_SHARD_INDEX"})
    ::unsetenv(name);
  EXPECT_EQ(cases_.size(), 5u);
  EXPECT_EQ(status("Plain.passes"), CaseStatus::passed);
}

TEST_F(GtestTest, arguments_that_are_ours_to_give_are_refused) {
  options_.program = "{subject}/gtest_nasty_tests";
  for (const char* argument : {"--gtest_filter=A", "--gtest_repeat=2", "-gtest_output=xml",
                               "--gtest_color=no", "--gtest_list_tests"}) {
    options_.arguments = {argument};
    try {
      run_gtest(options_);
      ADD_FAILURE() << "was accepted: " << argument;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::usage);
      EXPECT_THAT(error.message(), HasSubstr(argument));
    }
  }
}

TEST_F(GtestTest, measures_the_baseline_likewise) {
  options_.runner.baseline = TEST_PROGRAMS;
  run_nasty("Plain.passes");
  const Measurements baseline = read_measurements(folder_ / "out" / "baseline.json");
  EXPECT_EQ(baseline.subject.role, Role::baseline);
  EXPECT_EQ(std::get<CaseSeries>(baseline.series.at(0)).cases, cases_);
}

TEST_F(GtestTest, gives_the_same_document_with_any_number_of_processes) {
  options_.test_timeout_seconds = 0.5;
  std::vector<std::pair<std::string, CaseStatus>> first;
  for (const std::int64_t shards : {1, 3, 16}) {
    options_.shards = shards;
    run_nasty("Plain.*:Crash.*:Exit.*:Throw.*:*Parameters*:Types*:Names.*");
    std::vector<std::pair<std::string, CaseStatus>> seen;
    for (const Case& one : cases_) seen.emplace_back(one.name, one.status);
    if (first.empty()) first = seen;
    EXPECT_EQ(seen, first) << shards;
  }
}

TEST_F(GtestTest, runs_a_part_of_the_tests_and_all_parts_are_all_of_them) {
  run_nasty("Plain.*:Throw.*:Crash.*");
  const std::size_t count = cases_.size();
  ASSERT_GT(count, 3u);
  std::set<std::string> seen, digests;
  for (const char* part : {"1/3", "2/3", "3/3"}) {
    options_.part.text = part;
    run_nasty("Plain.*:Throw.*:Crash.*");
    ASSERT_TRUE(document_.part);
    digests.insert(document_.part->names);
    EXPECT_LT(cases_.size(), count);
    for (const Case& one : cases_)
      EXPECT_TRUE(seen.insert(one.name).second) << one.name << " is in two parts";
  }
  EXPECT_EQ(seen.size(), count);
  EXPECT_EQ(digests.size(), 1u);
}

TEST_F(GtestTest, a_part_without_tests_is_empty_and_no_problem) {
  run_nasty("Plain.*:Throw.*:Crash.*");
  options_.part.text = "1/1000";
  run_nasty("Plain.*:Throw.*:Crash.*");
  EXPECT_EQ(code_, ExitCode::pass) << problems();
  EXPECT_TRUE(cases_.empty());
  ASSERT_TRUE(document_.part);
  EXPECT_EQ(document_.part->of, 1000);
  options_.part.text = "1001/1000";
  EXPECT_THROW(run_gtest(options_), Error);
}

}  // namespace
}  // namespace modelgate
