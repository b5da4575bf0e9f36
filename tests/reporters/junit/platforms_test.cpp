// The schemas by which readers of JUnit XML judge it: Jenkins' for the whole, Maven Surefire's for each
// suite.

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <pugixml.hpp>
#include <sstream>

#include "reporters/junit/junit.h"
#include "schemas/tool/files.h"
#include "tests/reporters/verdicts.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

class Platforms : public testing::Test {
 protected:
  void SetUp() override {
    const char* data = std::getenv("MODELGATE_SHARED_DATA");
    schemas_ =
        (data != nullptr ? fs::path(data) : fs::path(MODELGATE_SOURCE_DIR) / "../shared/data") / "junit/xsd";
    if (!fs::exists(schemas_)) GTEST_SKIP() << "the schemas are not there: " << schemas_;
    if (std::system("xmllint --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "xmllint is not installed";
    folder_ = fs::path(testing::TempDir()) / ("modelgate junit " + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override {
    if (!folder_.empty()) fs::remove_all(folder_);
  }

  /// What xmllint says against the text; "" if it is valid.
  std::string against(const std::string& schema, const std::string& text) {
    write_file(folder_ / "report.xml", text);
    const std::string command = "xmllint --huge --noout --schema '" + (schemas_ / schema).string() + "' '" +
                                (folder_ / "report.xml").string() + "' >'" + (folder_ / "said").string() +
                                "' 2>&1";
    if (std::system(command.c_str()) == 0) return "";
    return read_file(folder_ / "said").substr(0, 2000);
  }

  void expect_valid(const Verdict& verdict, const std::string& what) {
    const std::string text = junit_text(verdict, {});
    EXPECT_EQ(against("jenkins-junit-10.xsd", text), "") << what;
    pugi::xml_document document;
    ASSERT_TRUE(document.load_buffer(text.data(), text.size(), pugi::parse_full)) << what;
    int count = 0;
    for (const pugi::xml_node suite : document.child("testsuites").children("testsuite")) {
      if (++count > 20) break;
      std::ostringstream alone;
      suite.print(alone, "", pugi::format_raw);
      EXPECT_EQ(against("surefire-test-report.xsd", alone.str()), "") << what;
    }
  }

  fs::path schemas_, folder_;
};

TEST_F(Platforms, take_every_example) {
  int examples = 0;
  for (const fs::directory_entry& entry :
       fs::directory_iterator(fs::path(MODELGATE_SOURCE_DIR) / "schemas/examples")) {
    if (!entry.path().filename().string().starts_with("verdict")) continue;
    expect_valid(read_verdict(entry.path()), entry.path().string());
    ++examples;
  }
  EXPECT_GE(examples, 4);
}

TEST_F(Platforms, take_hostile_names_and_messages) { expect_valid(hostile_verdict(), "hostile"); }

TEST_F(Platforms, take_messages_of_a_megabyte) {
  Check check = slowdown();
  check.sentence = check.details = std::string(1u << 20, '\x02') + std::string(1u << 20, 'x');
  expect_valid(verdict_of({check}), "a megabyte");
}

TEST_F(Platforms, take_more_than_ten_thousand_checks) {
  std::vector<Check> checks;
  for (int i = 0; i < 10001; ++i)
    checks.push_back(check_of("unit", "S.T" + std::to_string(i), i % 2 == 0 ? Status::fail : Status::pass));
  expect_valid(verdict_of(checks), "10,001 checks");
}

TEST_F(Platforms, take_a_verdict_that_contradicts_itself_or_is_empty) {
  Verdict verdict = verdict_of({});
  expect_valid(verdict, "empty");
  verdict.status = Status::pass;
  verdict.created = "yesterday";
  expect_valid(verdict, "empty and pass");
}

TEST_F(Platforms, are_why_file_and_line_must_be_asked_for) {
  Check check = check_of("unit", "A.B", Status::fail);
  check.file = "a_test.cpp";
  JunitStyle style;
  style.file_line = true;
  EXPECT_NE(against("jenkins-junit-10.xsd", junit_text(verdict_of({check}), style)), "");
}

}  // namespace
}  // namespace modelgate
