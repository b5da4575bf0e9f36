#include "schemas/formats/junit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/schemas/fixtures/error_of.h"
#include "tests/schemas/fixtures/temporary_folder.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

std::vector<Case> cases_of(const Measurements& measurements) {
  return std::get<CaseSeries>(measurements.series.at(0)).cases;
}

std::vector<Case> cases_in(const std::string& suites) {
  return cases_of(junit_from("<testsuites>" + suites + "</testsuites>", "r.xml"));
}

Case only_case(const std::string& inside, const std::string& attributes = "") {
  const std::vector<Case> cases = cases_in("<testsuite name='S'><testcase classname='C' name='n' " +
                                           attributes + ">" + inside + "</testcase></testsuite>");
  EXPECT_EQ(cases.size(), 1u);
  return cases.at(0);
}

std::vector<std::string> names_in(const std::string& suites) {
  std::vector<std::string> names;
  for (const Case& test : cases_in(suites)) names.push_back(test.name);
  return names;
}

std::string error_in(const std::string& text) {
  return error_of([&] { junit_from(text, "r.xml"); });
}

TEST(JUnit, tells_passed_failed_and_skipped) {
  EXPECT_EQ(only_case("").status, CaseStatus::passed);
  EXPECT_EQ(only_case("<failure/>").status, CaseStatus::failed);
  EXPECT_EQ(only_case("<error/>").status, CaseStatus::failed);
  EXPECT_EQ(only_case("<skipped/>").status, CaseStatus::skipped);
  EXPECT_EQ(only_case("<disabled/>").status, CaseStatus::skipped);
  EXPECT_EQ(only_case("<skipped/><failure/>").status, CaseStatus::failed);
  EXPECT_EQ(only_case("<failure/><rerunFailure/>").status, CaseStatus::failed);
  EXPECT_EQ(only_case("<system-out>failure</system-out><properties/>").status, CaseStatus::passed);
}

TEST(JUnit, takes_only_statuses_that_it_knows_for_a_pass) {
  for (const char* good : {"run", "passed", "PASS", "Success", "completed", "ok"})
    EXPECT_EQ(only_case("", std::string("status='") + good + "'").status, CaseStatus::passed) << good;
  for (const char* skipped : {"notrun", "disabled", "Skipped", "ignored", "suppressed"})
    EXPECT_EQ(only_case("", std::string("status='") + skipped + "'").status, CaseStatus::skipped) << skipped;
  for (const char* bad : {"failed", "FAIL", "Error", "broken", "timeout"}) {
    const Case test = only_case("", std::string("status='") + bad + "'");
    EXPECT_EQ(test.status, CaseStatus::failed) << bad;
    EXPECT_EQ(test.message, std::string("reported as '") + bad + "'");
  }
  EXPECT_EQ(only_case("", "status='zebra'").status, CaseStatus::not_run);
  EXPECT_EQ(only_case("", "status='run' result='suppressed'").status, CaseStatus::skipped);
  EXPECT_EQ(only_case("", "status='run' result='failed'").message, "reported as 'failed'");
}

TEST(JUnit, keeps_every_message) {
  EXPECT_EQ(only_case("<failure message='a'>body</failure>").message, "a\nbody");
  EXPECT_EQ(only_case("<failure message='a'>at a.cpp: a</failure>").message, "at a.cpp: a");
  EXPECT_EQ(only_case("<failure message='a'/><error><![CDATA[<b> & c]]></error>").message, "a\n<b> & c");
  EXPECT_EQ(only_case("<skipped message='no GPU'/>").message, "no GPU");
}

TEST(JUnit, reads_the_attempts_before_a_pass) {
  const Attempt pass{CaseStatus::passed, 0.5, ""};
  EXPECT_THAT(only_case("", "time='0.5'").attempts, ElementsAre());
  EXPECT_THAT(only_case("<flakyFailure message='once' type='T'/>", "time='0.5'").attempts,
              ElementsAre(Attempt{CaseStatus::failed, 0, "once"}, pass));
  const Case twice = only_case(
      "<flakyError type='T' time='2'><stackTrace>at "
      "a.cpp</stackTrace><system-out>much</system-out></flakyError>"
      "<flakyFailure message='again'>again at b.cpp</flakyFailure>",
      "time='0.5'");
  EXPECT_THAT(twice.attempts, ElementsAre(Attempt{CaseStatus::failed, 2, "at a.cpp"},
                                          Attempt{CaseStatus::failed, 0, "again at b.cpp"}, pass));
  EXPECT_EQ(twice.status, CaseStatus::passed);
  EXPECT_EQ(twice.message, "");
  EXPECT_TRUE(is_flaky(twice.attempts));
}

TEST(JUnit, reads_the_attempts_after_a_failure) {
  const Case failed = only_case(
      "<failure message='first'/><rerunFailure message='second' type=''><stackTrace>second: b</stackTrace>"
      "</rerunFailure><rerunError message='third' type=''/>",
      "time='0.5'");
  EXPECT_THAT(failed.attempts, ElementsAre(Attempt{CaseStatus::failed, 0.5, "first"},
                                           Attempt{CaseStatus::failed, 0, "second: b"},
                                           Attempt{CaseStatus::failed, 0, "third"}));
  EXPECT_EQ(failed.status, CaseStatus::failed);
  EXPECT_EQ(failed.message, "first");
  EXPECT_FALSE(is_flaky(failed.attempts));
}

TEST(JUnit, takes_no_attempt_for_a_better_outcome_than_the_test_has) {
  EXPECT_EQ(only_case("<flakyFailure message='once'/>", "status='failed'").status, CaseStatus::failed);
  EXPECT_EQ(only_case("<flakyFailure message='once'/><skipped/>").status, CaseStatus::skipped);
  // A pass that shows reruns did not pass at first, whatever wrote it.
  EXPECT_TRUE(is_flaky(only_case("<rerunFailure message='once'/>").attempts));
}

TEST(JUnit, reads_times_and_places) {
  const Case test = only_case("", "time='1.25' file='a b.cpp' line='7'");
  EXPECT_EQ(test.seconds, 1.25);
  EXPECT_EQ(test.file, "a b.cpp");
  EXPECT_EQ(test.line, 7);
  for (const char* odd : {"nan", "inf", "-1", "&lt;computed&gt;", "", "1e999"})
    EXPECT_EQ(only_case("", std::string("time='") + odd + "'").seconds, 0) << odd;
}

TEST(JUnit, names_tests_by_class_or_else_by_the_nearest_suite_with_a_name) {
  EXPECT_THAT(names_in("<testsuite name='S'><testcase classname='C' name='n'/></testsuite>"),
              ElementsAre("C.n"));
  EXPECT_THAT(names_in("<testsuite name='S'><testcase name='n'/></testsuite>"), ElementsAre("S.n"));
  EXPECT_THAT(
      names_in("<testsuite name='S'><testsuite><testcase classname='' name='n'/></testsuite></testsuite>"),
      ElementsAre("S.n"));
  EXPECT_THAT(names_in("<testsuite><testcase name='n'/></testsuite>"), ElementsAre("n"));
  EXPECT_THAT(names_in("<testcase name='n'/>"), ElementsAre("n"));
}

TEST(JUnit, tells_tests_of_one_name_in_two_suites_apart) {
  EXPECT_THAT(names_in("<testsuite name='A'><testcase name='n'/></testsuite>"
                       "<testsuite name='B'><testcase name='n'/></testsuite>"),
              ElementsAre("A.n", "B.n"));
}

TEST(JUnit, lets_the_worst_of_several_attempts_count) {
  const auto attempts = [](const std::string& first, const std::string& second) {
    const auto cases =
        cases_in("<testsuite><testcase classname='C' name='n'>" + first +
                 "</testcase><testcase classname='C' name='n'>" + second + "</testcase></testsuite>");
    EXPECT_EQ(cases.size(), 1u);
    return cases.at(0).status;
  };
  EXPECT_EQ(attempts("<failure/>", ""), CaseStatus::failed);
  EXPECT_EQ(attempts("", "<error/>"), CaseStatus::failed);
  EXPECT_EQ(attempts("", "<skipped/>"), CaseStatus::skipped);
  EXPECT_EQ(attempts("", ""), CaseStatus::passed);
}

TEST(JUnit, reports_failures_that_are_counted_and_not_shown) {
  const auto problems = [](const std::string& suites) {
    return junit_from("<testsuites>" + suites + "</testsuites>", "r.xml").problems;
  };
  const auto hidden =
      problems("<testsuite name='S' failures='2'><testcase name='n'><failure/></testcase></testsuite>");
  ASSERT_EQ(hidden.size(), 1u);
  EXPECT_EQ(hidden[0].code, "failures_not_shown");
  EXPECT_EQ(hidden[0].sentence, "the suite 'S' counts 2 failures or errors and shows 1");
  EXPECT_EQ(problems("<testsuite errors='1'/>").size(), 1u);
  EXPECT_THAT(
      problems("<testsuite failures='1' errors='1'><testcase name='n'><failure/></testcase></testsuite>"),
      IsEmpty())
      << "some tools count a test twice";
  EXPECT_THAT(
      problems("<testsuite failures='2'><testcase name='n'><failure/><failure/></testcase></testsuite>"),
      IsEmpty());
  EXPECT_THAT(problems("<testsuite failures='1'><testcase name='n' status='failed'/></testsuite>"),
              IsEmpty());
}

TEST(JUnit, reads_a_report_without_tests_as_such) {
  EXPECT_THAT(cases_in(""), IsEmpty());
  EXPECT_THAT(cases_of(junit_from("<testsuite/>", "r.xml")), IsEmpty());
  EXPECT_THAT(names_in("<testsuites><testsuite name='S'><testcase name='n'/></testsuite></testsuites>"),
              ElementsAre("S.n"))
      << "reports that were merged";
}

TEST(JUnit, refuses_what_is_no_report) {
  EXPECT_EQ(error_in(""), "r.xml: is empty\n  JUnit XML was expected.");
  EXPECT_EQ(error_in(" \n"), "r.xml: is empty\n  JUnit XML was expected.");
  EXPECT_EQ(
      error_in("<html/>"),
      "r.xml: is no JUnit report: its first element is <html>\n  <testsuites> or <testsuite> was expected.");
  EXPECT_THAT(error_in("garbage"), StartsWith("r.xml:"));
  EXPECT_THAT(error_in("<!-- only a comment -->"), StartsWith("r.xml:"));
  EXPECT_THAT(error_in(std::string("\0\1\2", 3)), StartsWith("r.xml:"));
}

TEST(JUnit, names_the_place_where_xml_ends_or_breaks) {
  EXPECT_EQ(error_in("<testsuites>\n<testsuite>\n</testsuites>"),
            "r.xml:3:3: is not valid XML: start-end tags mismatch\n  The file may have been cut off.");
  EXPECT_THAT(error_in("<testsuites><testsuite><testcase name='n'><failure message='"),
              HasSubstr("r.xml:1:"));
  EXPECT_THAT(error_in("<testsuites><testcase><![CDATA[ cut"), HasSubstr("CDATA"));
  const std::string report =
      "<?xml version='1.0'?><testsuites><testsuite name='S'><testcase name='a'/><testcase name='b'><failure "
      "message='m'>x</failure></testcase></testsuite></testsuites>";
  for (std::size_t length = 0; length < report.size() - 1; ++length)
    EXPECT_NE(error_in(report.substr(0, length)), "") << "cut off behind " << report.substr(0, length);
}

TEST(HostileJUnit, does_not_expand_entities) {
  const std::string bomb =
      "<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>"
      "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]><testsuite><testcase "
      "name='&c;'><failure>&c;</failure></testcase></testsuite>";
  EXPECT_EQ(cases_of(junit_from(bomb, "r.xml")).at(0).message, "&c;");
}

TEST(HostileJUnit, reads_no_other_files) {
  const TemporaryFolder folder;
  const auto secret = folder.with("secret", "the secret");
  const std::string report =
      "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY s SYSTEM 'file://" + secret.string() +
      "'>]><testsuite><testcase name='n'><failure>&s;</failure></testcase></testsuite>";
  EXPECT_EQ(cases_of(junit_from(report, "r.xml")).at(0).message, "&s;");
}

TEST(HostileJUnit, does_not_follow_deep_nesting) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<testsuite>";
  for (int i = 0; i < 100'000; ++i) deep += "</testsuite>";
  EXPECT_EQ(error_in(deep), "r.xml: its suites are nested deeper than 64");
  std::string elements = "<testsuite>";
  for (int i = 0; i < 100'000; ++i) elements += "<a>";
  for (int i = 0; i < 100'000; ++i) elements += "</a>";
  EXPECT_EQ(error_in(elements + "</testsuite>"), "") << "what we do not read may be as deep as it likes";
}

TEST(HostileJUnit, bounds_its_size) {
  EXPECT_EQ(error_in(std::string((64u << 20) + 1, ' ')), "r.xml: is larger than 64 MiB\n  Split the report.");
  const std::string huge(4'000'000, 'x');
  EXPECT_EQ(only_case("<failure message='" + huge + "'/>").message.size(), huge.size());
  EXPECT_THAT(error_in("<" + huge + "/>"), HasSubstr("x…>"));
}

TEST(HostileJUnit, lets_bytes_that_are_no_text_not_into_a_document) {
  Measurements measurements = junit_from(
      "<testsuite><testcase name='a\xff'><failure message='\xc3\x28&#0;&#1;'/></testcase></testsuite>",
      "r.xml");
  measurements.created = "2026-11-23T20:00:00Z";
  const std::string json = to_json(measurements);
  EXPECT_EQ(cases_of(measurements_from(parse_json(json, "d"))).at(0).status, CaseStatus::failed);
}

TEST(JUnit, is_read_in_the_encodings_that_windows_tools_write) {
  const std::string ascii = "<testsuite><testcase name='n'><failure/></testcase></testsuite>";
  std::string wide = "\xff\xfe";
  for (const char c : ascii) wide += {c, '\0'};
  EXPECT_EQ(cases_of(junit_from(wide, "r.xml")).at(0).status, CaseStatus::failed);
  EXPECT_EQ(cases_of(junit_from("\xef\xbb\xbf" + ascii, "r.xml")).at(0).status, CaseStatus::failed);
  EXPECT_EQ(
      cases_of(
          junit_from(
              "<?xml version='1.0' encoding='ISO-8859-1'?><testsuite><testcase name='\xfc'/></testsuite>",
              "r.xml"))
          .at(0)
          .name,
      "ü");
}

}  // namespace
}  // namespace modelgate
