// Reports that real tools wrote.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "schemas/formats/junit.h"
#include "tests/schemas/fixtures/error_of.h"
#include "tests/schemas/formats/shared_data.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;

class JUnitFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = shared_data() / "junit" / "mikepenz";
    if (!fs::exists(folder_)) GTEST_SKIP() << "no reports of real tools in " << folder_;
  }

  std::vector<Case> cases(const std::string& file) {
    return std::get<CaseSeries>(read_junit(folder_ / file).series.at(0)).cases;
  }

  /// How many tests passed, failed and were skipped.
  std::vector<int> counts(const std::string& file) {
    std::map<CaseStatus, int> found;
    for (const Case& test : cases(file)) ++found[test.status];
    return {found[CaseStatus::passed], found[CaseStatus::failed], found[CaseStatus::skipped]};
  }

  fs::path folder_;
};

TEST_F(JUnitFiles, are_all_read_or_refused_with_their_place) {
  int read = 0, refused = 0;
  for (const auto& entry : fs::directory_iterator(folder_)) {
    Measurements measurements;
    const std::string error = error_of([&] { measurements = read_junit(entry.path()); });
    if (error.empty()) {
      ++read;
      EXPECT_TRUE(measurements.problems.empty()) << entry.path() << ": " << measurements.problems[0].sentence;
    } else {
      ++refused;
      EXPECT_TRUE(entry.path().filename().string().starts_with("corrupt")) << error;
    }
  }
  EXPECT_GE(read, 35);
  EXPECT_EQ(refused, 1);
}

TEST_F(JUnitFiles, of_many_tools_hold_the_tests_that_they_say) {
  EXPECT_THAT(counts("catch2_report.xml"), ElementsAre(0, 1, 0));
  EXPECT_THAT(counts("cunit_testFailure.xml"), ElementsAre(3, 1, 0));
  EXPECT_THAT(counts("cunit_testEmpty.xml"), ElementsAre(0, 0, 0));
  EXPECT_THAT(counts("issues_testDisabled.xml"), ElementsAre(6, 6, 10));
  EXPECT_THAT(counts("junit-server-test_report.xml"), ElementsAre(1, 1, 1));
  EXPECT_THAT(counts("junit-web-test_expected.xml"), ElementsAre(4, 1, 1));
  EXPECT_THAT(counts("multiple_failures_test_multiple_errors.xml"), ElementsAre(1, 2, 0));
  EXPECT_THAT(counts("nextest_basic.xml"), ElementsAre(2, 1, 0));
  EXPECT_THAT(counts("python_report.xml"), ElementsAre(1, 2, 0));
  EXPECT_THAT(counts("xunit_report.xml"), ElementsAre(3, 1, 0));
}

TEST_F(JUnitFiles, with_nested_suites_keep_tests_of_one_name_apart) {
  std::vector<std::string> failed;
  for (const Case& test : cases("nested_junit.xml"))
    if (test.status == CaseStatus::failed) failed.push_back(test.name);
  EXPECT_THAT(failed, ElementsAre("TestA.A", "TestB.B", "packet.A"));
}

TEST_F(JUnitFiles, with_attempts_count_the_worst_and_keep_the_flaky_ones_visible) {
  EXPECT_THAT(counts("flaky_retries_flaky_success_first.xml"), ElementsAre(0, 1, 0));
  EXPECT_THAT(counts("junit-web-test_expectedRetries.xml"), ElementsAre(4, 2, 1));
  const Case flaky = cases("maven_surefire_flaky_surefire-report.xml").at(0);
  EXPECT_EQ(flaky.status, CaseStatus::passed);
  EXPECT_TRUE(is_flaky(flaky.attempts));
  EXPECT_FALSE(flaky.attempts.front().message.empty());
}

}  // namespace
}  // namespace modelgate
