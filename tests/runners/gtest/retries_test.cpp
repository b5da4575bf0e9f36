// Tests that failed are run again where that is declared, and nothing is hidden by it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "runners/gtest/gtest.h"
#include "schemas/documents/measurements.h"
#include "schemas/tool/files.h"
#include "tests/schemas/fixtures/temporary_folder.h"

namespace modelgate {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Retries : public ::testing::Test {
 protected:
  void run(const std::string& filter, std::int64_t retries, const std::vector<std::string>& arguments = {}) {
    std::filesystem::create_directories(folder_ / "state");
    options_.runner.candidate = TEST_PROGRAMS;
    options_.runner.output = (folder_ / "out").string();
    options_.program = "{subject}/gtest_flaky_tests";
    options_.filter = filter;
    options_.shards = 1;
    options_.retries = retries;
    options_.arguments = arguments;
    options_.arguments.push_back("--state=" + (folder_ / "state").string());
    code_ = run_gtest(options_);
    document_ = read_measurements(folder_ / "out" / "candidate.json");
  }

  const Case& test(const std::string& name) const {
    for (const Case& one : std::get<CaseSeries>(document_.series.at(0)).cases)
      if (one.name == name) return one;
    static const Case missing;
    ADD_FAILURE() << "there is no case " << name;
    return missing;
  }
  std::vector<CaseStatus> attempts(const std::string& name) const {
    std::vector<CaseStatus> all;
    for (const Attempt& attempt : test(name).attempts) all.push_back(attempt.status);
    return all;
  }
  /// How often the tests counted a start of theirs.
  int starts(const std::string& what) const {
    int count = 0;
    std::ifstream(folder_ / "state" / what) >> count;
    return count;
  }
  std::string problems() const {
    std::string all;
    for (const Problem& problem : document_.problems) all += problem.code + ": " + problem.sentence + "\n";
    return all;
  }

  const TemporaryFolder temporary_;
  const std::filesystem::path folder_ = temporary_.path();
  GtestOptions options_;
  ExitCode code_ = ExitCode::usage;
  Measurements document_;
};

TEST_F(Retries, are_not_made_unless_they_are_declared) {
  run("Flaky.fails:Broken.fails", 0);
  EXPECT_EQ(test("Flaky.fails").status, CaseStatus::failed);
  EXPECT_THAT(attempts("Flaky.fails"), IsEmpty());
  EXPECT_EQ(starts("fails"), 1);
  EXPECT_EQ(starts("broken"), 1);
}

TEST_F(Retries, a_test_that_passes_when_it_is_run_again_keeps_its_failure) {
  run("Flaky.fails", 1);
  EXPECT_EQ(code_, ExitCode::pass) << problems();
  const Case& flaky = test("Flaky.fails");
  EXPECT_EQ(flaky.status, CaseStatus::passed);
  EXPECT_THAT(flaky.message, IsEmpty());
  EXPECT_THAT(attempts("Flaky.fails"), ElementsAre(CaseStatus::failed, CaseStatus::passed));
  EXPECT_THAT(flaky.attempts.front().message, HasSubstr("attempt 1"));
  EXPECT_TRUE(is_flaky(flaky.attempts));
  EXPECT_EQ(starts("fails"), 2);
}

TEST_F(Retries, end_with_the_first_pass) {
  run("Flaky.fails", 10, {"--fails=2"});
  EXPECT_THAT(attempts("Flaky.fails"),
              ElementsAre(CaseStatus::failed, CaseStatus::failed, CaseStatus::passed));
  EXPECT_THAT(test("Flaky.fails").attempts.at(1).message, HasSubstr("attempt 2"));
  EXPECT_EQ(starts("fails"), 3);
}

TEST_F(Retries, end_with_the_number_that_is_declared) {
  run("Flaky.fails:Broken.*", 2, {"--fails=3"});
  for (const char* name : {"Flaky.fails", "Broken.fails"}) {
    EXPECT_EQ(test(name).status, CaseStatus::failed);
    EXPECT_THAT(attempts(name), ElementsAre(CaseStatus::failed, CaseStatus::failed, CaseStatus::failed));
  }
  EXPECT_THAT(test("Broken.fails").message, HasSubstr("attempt 3"));
  EXPECT_EQ(test("Broken.fails").message, test("Broken.fails").attempts.back().message);
  EXPECT_THAT(test("Broken.fails").file, HasSubstr("flaky_tests.cpp"));
  EXPECT_EQ(starts("broken_crash"), 3);
}

TEST_F(Retries, are_made_of_crashes_and_hangs_too) {
  options_.test_timeout_seconds = 0.3;
  run("Flaky.crashes:Flaky.hangs", 1);
  EXPECT_EQ(code_, ExitCode::pass) << problems();
  EXPECT_THAT(attempts("Flaky.crashes"), ElementsAre(CaseStatus::crashed, CaseStatus::passed));
  EXPECT_THAT(test("Flaky.crashes").attempts.front().message, HasSubstr("SIGABRT"));
  EXPECT_THAT(attempts("Flaky.hangs"), ElementsAre(CaseStatus::timed_out, CaseStatus::passed));
  EXPECT_THAT(test("Flaky.hangs").attempts.front().message, HasSubstr("did not end within 0.3 s"));
  EXPECT_EQ(test("Flaky.hangs").attempts.front().seconds, 0.3);
}

TEST_F(Retries, run_a_test_alone) {
  run("Flaky.passes_alone:Steady.*", 1);
  EXPECT_THAT(attempts("Flaky.passes_alone"), ElementsAre(CaseStatus::failed, CaseStatus::passed));
}

TEST_F(Retries, are_not_made_of_what_passes_or_skips) {
  run("Flaky.fails:Steady.*", 3, {"--fails=9"});
  for (const char* name : {"Steady.passes", "Steady.skips"}) EXPECT_THAT(attempts(name), IsEmpty());
  EXPECT_EQ(starts("steady"), 1);
  EXPECT_EQ(starts("skips"), 1);
}

TEST_F(Retries, a_skip_is_no_pass) {
  run("Flaky.fails_and_then_skips", 2);
  EXPECT_THAT(attempts("Flaky.fails_and_then_skips"),
              ElementsAre(CaseStatus::failed, CaseStatus::skipped, CaseStatus::skipped));
  EXPECT_FALSE(is_flaky(test("Flaky.fails_and_then_skips").attempts));
}

TEST_F(Retries, work_for_a_program_that_prints_nothing) {
  run("Flaky.fails:Steady.passes", 2, {"--how=prints-nothing", "--fails=2"});
  EXPECT_EQ(code_, ExitCode::pass) << problems();
  EXPECT_EQ(test("Flaky.fails").status, CaseStatus::passed) << test("Flaky.fails").message;
  EXPECT_EQ(attempts("Flaky.fails").front(), CaseStatus::failed);
}

TEST_F(Retries, hide_no_list_that_was_misread) {
  run("-Flaky.hangs", 3, {"--how=prints-a-false-list"});
  EXPECT_EQ(std::get<CaseSeries>(document_.series.at(0)).cases.size(), 8u);
  EXPECT_EQ(test("Steady.passes").status, CaseStatus::passed);
}

TEST_F(Retries, hide_no_program_that_crashes_around_its_tests) {
  run("Flaky.fails", 3, {"--how=second-start-crashes"});
  EXPECT_EQ(code_, ExitCode::error);
  EXPECT_EQ(test("Flaky.fails").status, CaseStatus::failed);
  EXPECT_THAT(attempts("Flaky.fails"), IsEmpty());
  EXPECT_THAT(problems(), HasSubstr("before its first test"));
  EXPECT_THAT(problems(), HasSubstr("the retry of Flaky.fails showed no outcome"));
}

TEST_F(Retries, hide_no_exit_code_that_no_test_explains) {
  run("Flaky.fails", 3, {"--how=second-start-returns-three"});
  EXPECT_EQ(code_, ExitCode::error);
  EXPECT_THAT(problems(), HasSubstr("exited with code 3 although none of its tests failed"));
}

TEST_F(Retries, a_retry_in_which_nothing_ran_is_no_pass) {
  run("Flaky.fails", 1, {"--how=second-start-runs-nothing", "--fails=9"});
  // GoogleTest's report of a further process is asked, and in that one the test ran.
  EXPECT_THAT(attempts("Flaky.fails"), ElementsAre(CaseStatus::failed, CaseStatus::failed));
}

TEST_F(Retries, end_with_the_time_for_all_tests_and_say_so) {
  options_.test_timeout_seconds = 60;
  options_.runner.timeout_seconds = 0.5;
  // The first attempt fails, the second hangs until time is up.
  run("Flaky.fails:Flaky.passes_alone", 1, {"--fails=9", "--how=second-start-hangs"});
  EXPECT_EQ(test("Flaky.fails").status, CaseStatus::failed);
  EXPECT_EQ(test("Flaky.passes_alone").status, CaseStatus::failed);
  EXPECT_THAT(document_.notes, Contains(HasSubstr("2 failed tests were not run again as declared")));
  EXPECT_THAT(document_.problems, IsEmpty());
}

}  // namespace
}  // namespace modelgate
