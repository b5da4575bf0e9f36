#include "reporters/junit/junit.h"

#include <gmock/gmock.h>

#include <pugixml.hpp>
#include <set>
#include <tuple>

#include "tests/reporters/verdicts.h"

namespace modelgate {
namespace {

using testing::HasSubstr;
using testing::Not;

/// A report, parsed by a reader that is not ours.
struct Parsed {
  pugi::xml_document document;

  explicit Parsed(const std::string& text) {
    const pugi::xml_parse_result result = document.load_buffer(text.data(), text.size(), pugi::parse_full);
    EXPECT_TRUE(result) << result.description() << " at " << result.offset;
  }
  explicit Parsed(const Verdict& verdict, const JunitStyle& style = {})
      : Parsed(junit_text(verdict, style)) {}

  pugi::xml_node root() const { return document.child("testsuites"); }
  int total(const char* name) const { return root().attribute(name).as_int(-1); }
  std::vector<pugi::xml_node> cases() const {
    std::vector<pugi::xml_node> all;
    for (const pugi::xml_node suite : root().children("testsuite"))
      for (const pugi::xml_node test : suite.children("testcase")) all.push_back(test);
    return all;
  }
  pugi::xml_node only() const {
    EXPECT_EQ(cases().size(), 1u);
    return cases().front();
  }
  std::string property(const std::string& name) const {
    for (const pugi::xml_node each : root().child("testsuite").child("properties").children("property"))
      if (each.attribute("name").as_string() == name) return each.attribute("value").as_string();
    return "(none)";
  }
};

std::string children(const pugi::xml_node& node) {
  std::string names;
  for (const pugi::xml_node child : node.children())
    names += std::string(names.empty() ? "" : " ") + child.name();
  return names;
}

TEST(Junit, has_a_case_without_children_for_a_test_that_passes) {
  const Parsed report(verdict_of({check_of("unit", "Suite.Test", Status::pass)}));
  EXPECT_STREQ(report.only().attribute("classname").as_string(), "Suite");
  EXPECT_STREQ(report.only().attribute("name").as_string(), "Test");
  EXPECT_STREQ(report.only().attribute("time").as_string(), "0.000");
  EXPECT_EQ(children(report.only()), "");
}

TEST(Junit, shows_the_attempts_before_a_flaky_pass) {
  const Parsed report(verdict_of({retried("Suite.Test", Status::pass)}));
  EXPECT_EQ(children(report.only()), "flakyFailure flakyFailure system-out");
  const pugi::xml_node first = report.only().child("flakyFailure"), second = first.next_sibling();
  EXPECT_STREQ(first.attribute("type").as_string(), "failed");
  EXPECT_STREQ(first.attribute("message").as_string(), "expected 3, got 2");
  EXPECT_STREQ(first.child("stackTrace").text().as_string(), "expected 3, got 2");
  EXPECT_STREQ(second.attribute("type").as_string(), "crashed");
  EXPECT_EQ(report.total("failures"), 0);
  EXPECT_EQ(report.total("tests"), 1);
}

TEST(Junit, shows_the_attempts_after_a_failure) {
  const Parsed report(verdict_of({retried("Suite.Test", Status::fail)}));
  EXPECT_EQ(children(report.only()), "failure rerunFailure rerunFailure");
  EXPECT_STREQ(report.only().child("rerunFailure").attribute("type").as_string(), "crashed");
  EXPECT_STREQ(report.only().last_child().child("stackTrace").text().as_string(), "expected 3, got 4");
  EXPECT_EQ(report.total("failures"), 1);
}

TEST(Junit, a_flaky_pass_that_is_to_fail_is_a_failure_alone) {
  Check check = retried("Suite.Test", Status::pass);
  check.status = Status::fail;
  check.reason = "flaky";
  const Parsed report(verdict_of({check}));
  EXPECT_EQ(children(report.only()), "failure rerunFailure");
  EXPECT_STREQ(report.only().child("failure").attribute("type").as_string(), "flaky");
  EXPECT_EQ(report.total("failures"), 1);
}

TEST(Junit, has_a_failure_for_a_check_that_fails_with_all_that_is_known) {
  Check check = slowdown();
  check.n["pairs"] = 12;
  check.method = "Student's t";
  check.details = "first line\nsecond line";
  check.warnings = {"2 cores"};
  const Parsed report(verdict_of({check}));
  EXPECT_EQ(children(report.only()), "failure");
  EXPECT_STREQ(report.only().attribute("classname").as_string(), "modelgate.performance");
  EXPECT_STREQ(report.only().attribute("name").as_string(), "BM_x real_time");
  const pugi::xml_node failure = report.only().child("failure");
  EXPECT_STREQ(failure.attribute("type").as_string(), "reason_code");
  EXPECT_EQ(failure.attribute("message").as_string(), check.sentence);
  for (const char* part :
       {"is 25.0 % slower", "baseline → candidate: 1.20 ms → 1.50 ms",
        "change: +25.0 % (+23.5 … +26.5), each bound with a confidence of 95 %", "margin: +10 %",
        "n: pairs 12", "method: Student's t", "note: 2 cores", "first line\nsecond line"})
    EXPECT_THAT(failure.text().as_string(), HasSubstr(part));
}

TEST(Junit, has_an_error_for_what_cannot_be_decided_because_skipped_reads_as_green) {
  Check check = slowdown("BM_x", Status::inconclusive);
  check.needs = "about 6 more process pairs";
  const Parsed report(verdict_of({check}));
  EXPECT_EQ(children(report.only()), "error");
  EXPECT_STREQ(report.only().child("error").attribute("type").as_string(), "gate.Inconclusive");
  EXPECT_THAT(report.only().child("error").text().as_string(),
              HasSubstr("needs: about 6 more process pairs"));
  EXPECT_EQ(report.total("errors"), 1);
}

TEST(Junit, has_an_error_for_what_could_not_be_judged) {
  const Parsed report(verdict_of({check_of("regression", "verdict", Status::error)}));
  EXPECT_EQ(children(report.only()), "error");
  EXPECT_STREQ(report.only().child("error").attribute("type").as_string(), "gate.Error");
}

TEST(Junit, skips_what_was_not_compared) {
  const Parsed report(
      verdict_of({check_of("unit", "A.B", Status::pass), slowdown("BM_x", Status::not_compared)}));
  EXPECT_EQ(children(report.cases()[1]), "skipped");
  EXPECT_STREQ(report.root().last_child().attribute("skipped").as_string(), "1");
}

TEST(Junit, passes_a_waived_failure_and_says_why) {
  Check check = check_of("unit", "Suite.Test", Status::pass);
  check.waiver = "a known fault (until 2026-12-31)";
  const Parsed report(verdict_of({check}));
  EXPECT_EQ(children(report.only()), "system-out");
  EXPECT_THAT(report.only().child("system-out").text().as_string(),
              HasSubstr("waived: a known fault (until 2026-12-31)"));
  EXPECT_EQ(report.total("failures"), 0);
}

TEST(Junit, counts_what_the_verdict_counts) {
  const Parsed report(
      verdict_of({check_of("unit", "A.a", Status::fail), check_of("unit", "A.b", Status::error),
                  check_of("unit", "A.c", Status::inconclusive), check_of("unit", "A.d", Status::pass),
                  slowdown("x", Status::not_compared), slowdown("y")}));
  EXPECT_EQ(report.total("tests"), 6);
  EXPECT_EQ(report.total("failures"), 2);
  EXPECT_EQ(report.total("errors"), 2);
  const pugi::xml_node unit = report.root().child("testsuite"), performance = unit.next_sibling();
  EXPECT_STREQ(unit.attribute("name").as_string(), "unit");
  EXPECT_EQ(unit.attribute("tests").as_int(), 4);
  EXPECT_EQ(unit.attribute("errors").as_int(), 2);
  EXPECT_EQ(performance.attribute("tests").as_int(), 2);
  EXPECT_EQ(performance.attribute("failures").as_int(), 1);
  EXPECT_EQ(performance.attribute("skipped").as_int(), 1);
}

TEST(Junit, says_what_was_compared_in_every_suite) {
  Verdict verdict = verdict_of({slowdown()});
  verdict.plan_digest = "sha256:plan";
  const Parsed report(verdict);
  EXPECT_EQ(report.property("modelgate.status"), "fail");
  EXPECT_EQ(report.property("modelgate.version"), "0.1.0");
  EXPECT_EQ(report.property("modelgate.first_release"), "false");
  EXPECT_EQ(report.property("candidate.version"), "v1.1.0");
  EXPECT_EQ(report.property("candidate.digest"), verdict.candidate.digest);
  EXPECT_EQ(report.property("baseline.version"), "v1.0.0");
  EXPECT_EQ(report.property("baseline.digest"), verdict.baseline->digest);
  EXPECT_EQ(report.property("plan.digest"), "sha256:plan");
  EXPECT_STREQ(report.root().child("testsuite").attribute("timestamp").as_string(), "2026-11-23T20:15:00Z");
}

TEST(Junit, of_a_first_release_names_no_baseline) {
  Verdict verdict = verdict_of({check_of("unit", "A.B", Status::pass)});
  verdict.baseline.reset();
  verdict.first_release = true;
  const Parsed report(verdict);
  EXPECT_EQ(report.property("modelgate.first_release"), "true");
  EXPECT_EQ(report.property("baseline.version"), "(none)");
}

TEST(Junit, is_red_whenever_the_verdict_does_not_pass) {
  for (const Status said : {Status::fail, Status::error, Status::inconclusive, Status::not_compared}) {
    Verdict verdict = verdict_of({check_of("unit", "A.B", Status::pass)});
    verdict.status = said;
    EXPECT_GT(Parsed(verdict).total("errors"), 0) << name_of(said);
  }
}

TEST(Junit, is_red_when_a_pass_has_no_check_that_passes) {
  Verdict empty = verdict_of({});
  empty.status = Status::pass;
  EXPECT_EQ(Parsed(empty).total("errors"), 1);
  Verdict nothing_compared = verdict_of({slowdown("x", Status::not_compared)});
  nothing_compared.status = Status::pass;
  EXPECT_EQ(Parsed(nothing_compared).total("errors"), 1);
}

TEST(Junit, stays_red_when_the_status_says_pass_and_a_check_fails) {
  Verdict verdict = verdict_of({slowdown()});
  verdict.status = Status::pass;
  EXPECT_EQ(Parsed(verdict).total("failures"), 1);
}

TEST(Junit, keeps_classname_and_name_of_tests) {
  const std::vector<std::tuple<std::string, std::string, std::string>> expected = {
      {"Suite.Test", "Suite", "Test"},
      {"Languages/Classes.AreTheSame/0", "Languages/Classes", "AreTheSame/0"},
      {"Typed/0.Works", "Typed/0", "Works"},
      {"com.example.FooTest.works", "com.example.FooTest", "works"},
      {"tests.test_rates.test_rate[0.5]", "tests.test_rates", "test_rate[0.5]"}};
  for (const auto& [whole, classname, name] : expected) {
    const Parsed report(verdict_of({check_of("unit", whole, Status::pass)}));
    EXPECT_EQ(report.only().attribute("classname").as_string(), classname);
    EXPECT_EQ(report.only().attribute("name").as_string(), name);
  }
}

TEST(Junit, names_slices) {
  const Parsed report(verdict_of({accuracy("zh")}));
  EXPECT_STREQ(report.only().attribute("name").as_string(), "accuracy [lang=zh]");
  EXPECT_STREQ(report.only().attribute("classname").as_string(), "modelgate.quality");
}

TEST(Junit, says_where_a_test_stands_only_when_asked) {
  Check check = check_of("unit", "A.B", Status::fail);
  check.file = "tests/a_test.cpp";
  check.line = 71;
  EXPECT_FALSE(Parsed(verdict_of({check})).only().attribute("file"));
  JunitStyle style;
  style.file_line = true;
  const Parsed report(verdict_of({check}), style);
  EXPECT_STREQ(report.only().attribute("file").as_string(), "tests/a_test.cpp");
  EXPECT_STREQ(report.only().attribute("line").as_string(), "71");
}

TEST(Junit, gives_no_two_cases_the_same_identity) {
  Check control = slowdown("a\x01");
  Verdict verdict = verdict_of({slowdown("same"), slowdown("same"), accuracy("zh"), control,
                                slowdown("a\\x01"), check_of("quality", "accuracy [lang=zh]", Status::fail),
                                slowdown(std::string(2000, 'x')), slowdown(std::string(2001, 'x'))});
  for (const Check& check : hostile_verdict().checks) verdict.checks.push_back(check);
  std::set<std::tuple<std::string, std::string, std::string>> identities;
  const Parsed report(verdict);
  for (const pugi::xml_node& test : report.cases()) {
    EXPECT_TRUE(identities
                    .insert({test.parent().attribute("name").as_string(),
                             test.attribute("classname").as_string(), test.attribute("name").as_string()})
                    .second)
        << test.attribute("name").as_string();
  }
  EXPECT_EQ(identities.size(), verdict.checks.size());
}

TEST(Junit, is_well_formed_and_forges_nothing_whatever_names_and_messages_hold) {
  const Verdict verdict = hostile_verdict();
  const Parsed report(verdict);
  EXPECT_EQ(report.cases().size(), verdict.checks.size());
  EXPECT_EQ(report.total("tests"), static_cast<int>(verdict.checks.size()));
  EXPECT_EQ(report.total("failures"), static_cast<int>(hostile_texts.size()));
  EXPECT_EQ(report.total("errors"), static_cast<int>(2 * hostile_texts.size()));
  for (const pugi::xml_node& test : report.cases())
    EXPECT_STRNE(test.attribute("name").as_string(), "forged");
}

TEST(Junit, of_more_than_ten_thousand_checks_has_as_many_cases_and_the_verdicts_totals) {
  std::vector<Check> checks;
  for (int i = 0; i < 10001; ++i)
    checks.push_back(
        check_of("unit", "S.T" + std::to_string(i), i % 1000 == 0 ? Status::fail : Status::pass));
  const Parsed report(verdict_of(checks));
  EXPECT_LE(report.cases().size(), 10000u);
  EXPECT_EQ(report.total("tests"), 10001);
  EXPECT_EQ(report.total("failures"), 11);
  std::size_t failures = 0;
  for (const pugi::xml_node& test : report.cases()) failures += test.child("failure") ? 1 : 0;
  EXPECT_EQ(failures, 11u);
  EXPECT_STREQ(report.cases().back().attribute("name").as_string(), "checks that pass");
}

TEST(Junit, of_more_than_ten_thousand_failures_counts_them_all_and_stays_red) {
  std::vector<Check> checks;
  for (int i = 0; i < 12000; ++i) checks.push_back(check_of("g" + std::to_string(i), "S.T", Status::fail));
  const Parsed report(verdict_of(checks));
  EXPECT_LE(report.cases().size(), 10000u);
  EXPECT_EQ(report.total("failures"), 12000);
  EXPECT_STREQ(report.cases().back().child("failure").attribute("type").as_string(), "left_out");
}

TEST(Junit, stays_below_what_gitlab_takes) {
  std::vector<Check> checks;
  for (int i = 0; i < 100; ++i) {
    checks.push_back(check_of("unit", "S.T" + std::to_string(i), Status::fail, std::string(1u << 20, '&')));
    checks.back().details = std::string(1u << 20, '<');
    checks.back().name += std::string(1u << 20, '\x01');
  }
  Verdict verdict = verdict_of(checks);
  verdict.sentence = std::string(1u << 20, '"');
  EXPECT_LT(junit_text(verdict, {}).size(), 30'000'000u);
  checks.clear();
  for (int i = 0; i < 10'000; ++i) {
    checks.push_back(check_of(std::to_string(i) + std::string(300, '&'), std::string(300, '"'), Status::fail,
                              std::string(2000, '<')));
    checks.back().details = std::string(2000, '>');
  }
  EXPECT_LT(junit_text(verdict_of(checks), {}).size(), 30'000'000u);
}

TEST(Junit, an_undecided_check_that_only_warns_stays_an_error_and_says_so) {
  Verdict verdict = verdict_of({accuracy("", Status::inconclusive), check_of("unit", "A.b", Status::pass)});
  verdict.inconclusive = InconclusivePolicy{InconclusiveAction::warn, "branch x is no release branch"};
  const Parsed report(verdict);
  EXPECT_EQ(report.total("errors"), 1);
  const pugi::xml_node error = report.cases().front().child("error");
  EXPECT_STREQ(error.attribute("type").as_string(), "gate.Inconclusive");
  EXPECT_THAT(error.text().as_string(), HasSubstr("note: does not block: branch x is no release branch"));
}

}  // namespace
}  // namespace modelgate
