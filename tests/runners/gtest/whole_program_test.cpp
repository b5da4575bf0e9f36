// modelgate-run-gtest on what is not one test: what goes wrong around them, lists, limits, arguments, parts.

#include <gmock/gmock.h>

#include <set>

#include "schemas/tool/error.h"
#include "tests/runners/gtest/gtest_fixture.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::AnyOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

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
