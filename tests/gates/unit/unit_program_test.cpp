// The program, as a CI job calls it: JUnit files and documents in, a verdict and an exit code out.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>

#include "schemas/documents/measurements.h"
#include "schemas/documents/verdict.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

const std::string green = R"(<testsuites><testsuite name="A">
<testcase classname="A" name="a"/><testcase classname="A" name="b"/></testsuite></testsuites>)";
const std::string red = R"(<testsuites><testsuite name="A"><testcase classname="A" name="a"/>
<testcase classname="A" name="b" file="t.cpp" line="4"><failure message="x.cpp:9&#x0A;Expected: 1"/></testcase>
</testsuite></testsuites>)";

class UnitProgramTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) /
              (std::string("unit ") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    write("old.xml", green);
    write("new.xml", green);
  }

  void write(const std::string& name, const std::string& text) { write_file(folder_ / name, text); }

  /// Runs the program in the folder; returns its exit code.
  int program(const std::string& options) {
    const std::string command = "cd '" + folder_.string() +
                                "' && '" MODELGATE_BIN_DIR "/modelgate-gate-unit' " + options +
                                " --output verdict.json >/dev/null 2>err";
    const int status = std::system(command.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  int compared() { return program("--baseline old.xml --candidate new.xml"); }

  std::string stderr_text() { return read_file(folder_ / "err"); }
  Verdict verdict() { return read_verdict(folder_ / "verdict.json"); }

  fs::path folder_;
};

TEST_F(UnitProgramTest, passes_equal_reports) {
  EXPECT_EQ(compared(), 0);
  EXPECT_EQ(verdict().status, Status::pass);
  EXPECT_EQ(verdict().baseline->role, Role::baseline);
}

TEST_F(UnitProgramTest, blocks_a_new_failure_with_its_words_and_place) {
  write("new.xml", red);
  EXPECT_EQ(compared(), 1);
  EXPECT_THAT(stderr_text(),
              ::testing::HasSubstr("A.b: passed in the baseline and now fails: Expected: 1 (x.cpp:9)"));
}

TEST_F(UnitProgramTest, lets_a_known_failure_be) {
  write("old.xml", red);
  write("new.xml", red);
  EXPECT_EQ(compared(), 0);
  EXPECT_THAT(stderr_text(), ::testing::HasSubstr("not compared  A.b: fails, as in the baseline"));
}

TEST_F(UnitProgramTest, a_report_without_tests_is_an_error) {
  for (const std::string empty : {"<testsuites/>", "<testsuite name='A'/>"}) {
    write("new.xml", empty);
    EXPECT_EQ(program("--first-release --candidate new.xml"), 4) << empty;
    EXPECT_EQ(compared(), 1) << "the tests of the baseline vanished";
    write("old.xml", empty);
    EXPECT_EQ(compared(), 4);
    write("old.xml", green);
  }
}

TEST_F(UnitProgramTest, a_report_cut_off_anywhere_never_passes) {
  for (std::size_t size = 0; size < green.size() - 1; size += 5) {
    write("new.xml", green.substr(0, size));
    EXPECT_EQ(compared(), 2) << size;
  }
}

TEST_F(UnitProgramTest, a_report_that_counts_more_failures_than_it_shows_never_passes) {
  write("new.xml", R"(<testsuite name="A" failures="1"><testcase classname="A" name="a"/>
<testcase classname="A" name="b"/></testsuite>)");
  EXPECT_EQ(compared(), 4);
}

TEST_F(UnitProgramTest, a_first_release_is_judged_by_itself_and_says_so) {
  EXPECT_EQ(program("--first-release --candidate new.xml"), 0);
  EXPECT_TRUE(verdict().first_release);
  EXPECT_FALSE(verdict().baseline);
  EXPECT_THAT(verdict().sentence, ::testing::HasSubstr("first release, no baseline"));
  write("new.xml", red);
  EXPECT_EQ(program("--first-release --candidate new.xml"), 1);
}

TEST_F(UnitProgramTest, the_declared_number_of_tests_is_held) {
  EXPECT_EQ(program("--baseline old.xml --candidate new.xml --minimum-tests 2"), 0);
  EXPECT_EQ(program("--baseline old.xml --candidate new.xml --minimum-tests 3"), 1);
  for (const std::string wrong : {"0", "-1", "1.5", "nan", "", "99999999999999999999"})
    EXPECT_EQ(program("--baseline old.xml --candidate new.xml --minimum-tests='" + wrong + "'"), 2) << wrong;
}

TEST_F(UnitProgramTest, what_cannot_be_read_or_means_nothing_never_passes) {
  EXPECT_EQ(program("--candidate new.xml"), 2);
  EXPECT_EQ(program("--baseline old.xml"), 2);
  EXPECT_EQ(program("--baseline old.xml --candidate missing.xml"), 4);
  EXPECT_EQ(program("--baseline missing.xml --candidate new.xml"), 4);
  EXPECT_EQ(program("--baseline old.xml --candidate ."), 4);
  EXPECT_EQ(program("--baseline old.xml --candidate /dev/null"), 4);
  EXPECT_EQ(program("--baseline old.xml --candidate new.xml --first-release"), 2);
  write("new.xml", "");
  EXPECT_EQ(compared(), 2);
  write("new.xml", std::string("\0\xff\xfe binary", 10));
  EXPECT_EQ(compared(), 2);
  write("new.xml", "{\"benchmarks\": []}");
  EXPECT_EQ(compared(), 2);
}

TEST_F(UnitProgramTest, takes_measurements_and_tells_the_sides_apart) {
  Measurements measurements;
  measurements.runner = "gtest";
  measurements.runner_version = "0.1.0";
  measurements.created = "2026-11-23T20:00:00Z";
  measurements.series = {CaseSeries{"t", {{"A.a", CaseStatus::passed, 0, "", "", 0}}}};
  measurements.subject = {Role::candidate, "m", "v2", "c", "sha256:x"};
  write("candidate.json", to_json(measurements));
  measurements.subject.role = Role::baseline;
  write("baseline.json", to_json(measurements));
  EXPECT_EQ(program("--baseline baseline.json --candidate candidate.json"), 0);
  EXPECT_EQ(verdict().candidate.digest, "sha256:x");
  EXPECT_EQ(program("--baseline candidate.json --candidate baseline.json"), 2);
  // A measurement of something else holds no tests.
  measurements.subject.role = Role::candidate;
  measurements.series.clear();
  write("candidate.json", to_json(measurements));
  EXPECT_EQ(program("--first-release --candidate candidate.json"), 4);
}

}  // namespace
}  // namespace modelgate
