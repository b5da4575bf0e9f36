#include "gates/unit/unit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gates/decision/decision.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

constexpr auto passed = CaseStatus::passed, failed = CaseStatus::failed, skipped = CaseStatus::skipped;

using Cases = std::vector<std::pair<std::string, CaseStatus>>;

CaseSeries series_of(const std::string& name, const Cases& cases) {
  CaseSeries series{name, {}};
  for (const auto& [test, status] : cases) series.cases.push_back({test, status, 0, "", "", 0});
  return series;
}

Measurements measured(Role role, const std::vector<CaseSeries>& all) {
  Measurements measurements;
  measurements.subject.role = role;
  for (const CaseSeries& series : all) measurements.series.emplace_back(series);
  return measurements;
}
Measurements baseline(const Cases& cases) { return measured(Role::baseline, {series_of("tests", cases)}); }
Measurements candidate(const Cases& cases) { return measured(Role::candidate, {series_of("tests", cases)}); }

std::vector<Check> judge(const std::optional<Measurements>& before, const Measurements& now,
                         std::int64_t minimum = 1) {
  return judge_tests(before, now, {minimum}, "unit");
}

/// The whole verdict's status.
Status status_of(const std::optional<Measurements>& before, const Measurements& now,
                 std::int64_t minimum = 1) {
  Verdict verdict;
  verdict.checks = judge(before, now, minimum);
  conclude(verdict);
  return verdict.status;
}

const Check& named(const std::vector<Check>& checks, const std::string& name) {
  for (const Check& check : checks)
    if (check.name == name) return check;
  throw std::runtime_error("no check " + name);
}

std::vector<std::string> names_of(const std::vector<Check>& checks) {
  std::vector<std::string> names;
  for (const Check& check : checks) names.push_back(check.name);
  return names;
}

TEST(UnitGateTest, passes_when_every_test_is_still_there_and_passes) {
  const auto checks = judge(baseline({{"A.a", passed}, {"A.b", passed}}),
                            candidate({{"A.b", passed}, {"A.a", passed}, {"A.c", passed}}));
  EXPECT_THAT(names_of(checks), UnorderedElementsAre("tests", "A.a", "A.b", "A.c"));
  EXPECT_EQ(worst(checks), Status::pass);
  EXPECT_EQ(named(checks, "tests").n.at("judged"), 3);
}

TEST(UnitGateTest, one_new_failure_among_many_passes_blocks) {
  Cases before, now;
  for (int i = 0; i < 500; ++i) before.push_back({"A." + std::to_string(i), passed});
  now = before;
  now[250].second = failed;
  EXPECT_EQ(status_of(baseline(before), candidate(now)), Status::fail);
  now = before;
  now.pop_back();
  EXPECT_EQ(status_of(baseline(before), candidate(now)), Status::fail);
}

TEST(UnitGateTest, a_known_failure_is_shown_and_does_not_block) {
  const auto checks =
      judge(baseline({{"A.a", passed}, {"A.b", failed}}), candidate({{"A.a", passed}, {"A.b", failed}}));
  EXPECT_EQ(worst(checks), Status::pass);
  EXPECT_EQ(named(checks, "A.b").status, Status::not_compared);
  EXPECT_EQ(named(checks, "tests").n.at("known_failures"), 1);
  EXPECT_THAT(named(checks, "tests").sentence, HasSubstr("1 known to fail"));
}

TEST(UnitGateTest, known_failures_alone_are_an_error) {
  const Cases all_fail = {{"A.a", failed}, {"A.b", failed}};
  const auto checks = judge(baseline(all_fail), candidate(all_fail));
  EXPECT_EQ(named(checks, "tests").reason, "nothing_judged");
  EXPECT_EQ(worst(checks), Status::error);
}

TEST(UnitGateTest, skipped_tests_alone_are_an_error) {
  const Cases all_skipped = {{"A.a", skipped}};
  EXPECT_EQ(status_of(baseline(all_skipped), candidate(all_skipped)), Status::error);
  EXPECT_EQ(status_of(std::nullopt, candidate(all_skipped)), Status::error);
}

TEST(UnitGateTest, no_tests_are_an_error) {
  EXPECT_EQ(named(judge(std::nullopt, candidate({})), "tests").reason, "no_tests");
  EXPECT_EQ(status_of(std::nullopt, candidate({})), Status::error);
  EXPECT_EQ(status_of(baseline({}), candidate({})), Status::error);
  EXPECT_EQ(status_of(baseline({{"A.a", passed}}), candidate({})), Status::fail);
  EXPECT_EQ(status_of(std::nullopt, measured(Role::candidate, {})), Status::error);
}

TEST(UnitGateTest, a_baseline_without_tests_compares_nothing) {
  const auto checks = judge(baseline({}), candidate({{"A.a", passed}}));
  EXPECT_EQ(named(checks, "tests").reason, "baseline_without_tests");
  EXPECT_EQ(worst(checks), Status::error);
}

TEST(UnitGateTest, fewer_tests_than_declared_block) {
  const Cases three = {{"A.a", passed}, {"A.b", passed}, {"A.c", passed}};
  EXPECT_EQ(status_of(baseline(three), candidate(three), 3), Status::pass);
  EXPECT_EQ(status_of(baseline(three), candidate(three), 4), Status::fail);
  EXPECT_EQ(named(judge(std::nullopt, candidate(three), 4), "tests").reason, "too_few_tests");
}

TEST(UnitGateTest, skipped_tests_and_known_failures_do_not_count_towards_the_declared_number) {
  const Cases mixed = {{"A.a", passed}, {"A.b", skipped}, {"A.c", failed}};
  EXPECT_EQ(status_of(baseline(mixed), candidate(mixed), 1), Status::pass);
  EXPECT_EQ(status_of(baseline(mixed), candidate(mixed), 2), Status::fail);
}

TEST(UnitGateTest, a_test_that_is_skipped_now_does_not_count_towards_it_either) {
  const auto checks =
      judge(baseline({{"A.a", passed}, {"A.b", passed}}), candidate({{"A.a", passed}, {"A.b", skipped}}), 2);
  EXPECT_EQ(named(checks, "tests").reason, "too_few_tests");
}

TEST(UnitGateTest, a_new_failure_does_not_make_the_tests_too_few_as_well) {
  const auto checks =
      judge(baseline({{"A.a", passed}, {"A.b", passed}}), candidate({{"A.a", passed}, {"A.b", failed}}), 2);
  EXPECT_EQ(named(checks, "tests").status, Status::pass);
  EXPECT_EQ(worst(checks), Status::fail);
}

TEST(UnitGateTest, a_problem_of_either_measurement_is_an_error_of_its_own) {
  const Cases fine = {{"A.a", passed}};
  Measurements before = baseline(fine), now = candidate(fine);
  now.problems = {{"listing_failed", "the program could not list its tests"}, {"listing_failed", "again"}};
  const auto checks = judge(before, now);
  EXPECT_EQ(named(checks, "measuring the candidate: listing_failed").status, Status::error);
  EXPECT_EQ(named(checks, "measuring the candidate: listing_failed 2").reason, "listing_failed");
  EXPECT_EQ(worst(checks), Status::error);
  before.problems.swap(now.problems);
  EXPECT_EQ(named(judge(before, now), "measuring the baseline: listing_failed").status, Status::error);
}

TEST(UnitGateTest, several_series_are_matched_by_name_and_named_in_the_checks) {
  const auto before =
      measured(Role::baseline, {series_of("x", {{"A.a", passed}}), series_of("y", {{"A.a", passed}})});
  const auto now =
      measured(Role::candidate, {series_of("y", {{"A.a", failed}}), series_of("x", {{"A.a", passed}})});
  const auto checks = judge(before, now);
  EXPECT_THAT(names_of(checks), UnorderedElementsAre("tests", "x: A.a", "y: A.a"));
  EXPECT_EQ(named(checks, "y: A.a").reason, "new_failure");
  EXPECT_EQ(named(checks, "x: A.a").status, Status::pass);
}

TEST(UnitGateTest, one_series_each_is_matched_whatever_it_is_called) {
  const auto before = measured(Role::baseline, {series_of("tests", {{"A.a", passed}})});
  const auto now = measured(Role::candidate, {series_of("unit", {{"A.a", passed}})});
  EXPECT_EQ(worst(judge(before, now)), Status::pass);
}

TEST(UnitGateTest, a_series_that_is_gone_takes_its_tests_along) {
  const auto before =
      measured(Role::baseline, {series_of("x", {{"A.a", passed}}), series_of("y", {{"B.b", passed}})});
  EXPECT_EQ(named(judge(before, candidate({{"B.b", passed}})), "y: B.b").reason, "test_vanished");
}

TEST(UnitGateTest, a_test_that_is_reported_twice_has_no_outcome) {
  for (const auto& statuses : {std::pair{passed, failed}, std::pair{failed, passed}}) {
    const auto twice = measured(Role::candidate, {series_of("x", {{"A.a", statuses.first}}),
                                                  series_of("x", {{"A.a", statuses.second}})});
    const auto checks = judge(std::nullopt, twice);
    EXPECT_EQ(named(checks, "x: A.a").reason, "test_repeated");
    EXPECT_EQ(worst(checks), Status::error);
  }
}

TEST(UnitGateTest, no_two_checks_share_a_name_even_if_a_test_is_called_tests) {
  const auto checks = judge(std::nullopt, candidate({{"tests", passed}}));
  EXPECT_THAT(names_of(checks), UnorderedElementsAre("tests", "tests (their number)"));
}

TEST(UnitGateTest, a_first_release_passes_by_itself_or_not_at_all) {
  EXPECT_EQ(status_of(std::nullopt, candidate({{"A.a", passed}})), Status::pass);
  EXPECT_EQ(status_of(std::nullopt, candidate({{"A.a", passed}, {"A.b", failed}})), Status::fail);
}

TEST(UnitGateTest, counts_flaky_tests) {
  Measurements now = candidate({{"A.a", passed}, {"A.b", passed}, {"A.c", passed}});
  const auto flaky = [&](std::size_t test) {
    std::get<CaseSeries>(now.series[0]).cases[test].attempts = {{failed, 0, ""}, {passed, 0, ""}};
  };
  flaky(0);
  auto checks = judge(std::nullopt, now);
  EXPECT_THAT(named(checks, "tests").warnings,
              ::testing::ElementsAre("1 of 3 tests is flaky: it passed only when run again"));
  flaky(2);
  checks = judge(std::nullopt, now);
  EXPECT_THAT(named(checks, "tests").warnings,
              ::testing::ElementsAre("2 of 3 tests are flaky: they passed only when run again"));
  EXPECT_EQ(named(checks, "tests").n.at("flaky"), 2);
  EXPECT_EQ(named(checks, "tests").n.at("judged"), 3);
  EXPECT_EQ(named(checks, "tests").status, Status::pass);
  EXPECT_EQ(named(judge(std::nullopt, candidate({{"A.a", passed}})), "tests").n.count("flaky"), 0u);

  Verdict verdict;
  verdict.checks = checks;
  conclude(verdict);
  EXPECT_EQ(verdict.sentence, "all 4 checks pass; 2 tests are flaky");
  verdict.checks = judge_tests(std::nullopt, now, {1, true}, "unit");
  conclude(verdict);
  EXPECT_EQ(verdict.status, Status::fail);
  EXPECT_EQ(verdict.sentence, "2 of 4 checks fail: unit/A.a, unit/A.c");
}

}  // namespace
}  // namespace modelgate
