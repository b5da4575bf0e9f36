#include "gates/performance/creep.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "gates/performance/performance.h"
#include "gates/statistics/distributions.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "tests/gates/performance/samples.h"

namespace modelgate {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A check whose value grew by so many percent, give or take `width` percent points at 95 %.
Check changed(double percent, double width = 1, const std::string& name = "BM_x real_time") {
  Check check;
  check.gate = "performance";
  check.name = name;
  check.status = Status::pass;
  check.reason = "non_inferiority_proven";
  check.direction = Direction::lower_is_better;
  check.effect = Effect{percent, percent - width, percent + width, 0.95, "percent"};
  check.margin = 10;
  return check;
}

Verdict released(const std::string& version, const std::string& against, std::vector<Check> checks) {
  Verdict verdict;
  verdict.gate = "suite";
  verdict.candidate.version = version;
  verdict.baseline = Subject{Role::baseline, "", against, "", ""};
  verdict.checks = std::move(checks);
  return verdict;
}

class CreepTest : public ::testing::Test {
 protected:
  CreepTest() { verdict_.gate = "performance"; }
  /// v1 → v2 → v3, and a first release before them.
  History history_{{released("v3", "v2", {changed(4)}), released("v2", "v1", {changed(3)}),
                    released("v1", "", {changed(50, 1, "BM_other real_time")})}};
  Verdict verdict_;
};

TEST_F(CreepTest, adds_up_the_changes_that_led_to_the_baseline) {
  const auto creep = creep_of(changed(5), "v3", history_, 10);
  ASSERT_TRUE(creep);
  EXPECT_EQ(creep->since, "v1");
  EXPECT_EQ(creep->releases, 3);
  EXPECT_NEAR(creep->estimate, std::log(1.05 * 1.04 * 1.03), 1e-12);
  const double below = std::hypot(std::log(1.05 / 1.04), std::log(1.04 / 1.03), std::log(1.03 / 1.02));
  EXPECT_NEAR(creep->lower, creep->estimate - below, 1e-12);
  EXPECT_GT(creep->upper, creep->estimate);
  EXPECT_THAT(creep_in_words(*creep),
              HasSubstr("together +12.5 % since v1 (3 releases, 95 % bounds +10.6 % to +14."));
}

TEST_F(CreepTest, looks_back_on_so_many_releases_and_no_further_than_is_known) {
  EXPECT_EQ(creep_of(changed(5), "v3", history_, 2)->since, "v2");
  EXPECT_EQ(creep_of(changed(5), "v3", history_, 1)->since, "v3");
  EXPECT_EQ(creep_of(changed(5), "v9", history_, 10)->releases, 1);
  EXPECT_EQ(creep_of(changed(5, 1, "BM_new real_time"), "v3", history_, 10)->since, "v3");
  Check of_another_confidence = changed(5);
  of_another_confidence.effect->confidence = 0.99;
  EXPECT_EQ(creep_of(of_another_confidence, "v3", history_, 10)->releases, 1);
  Check without_effect = changed(5);
  without_effect.effect.reset();
  EXPECT_FALSE(creep_of(without_effect, "v3", history_, 10));
}

TEST_F(CreepTest, releases_that_are_judged_against_each_other_are_no_endless_history) {
  const History circle{{released("a", "b", {changed(1)}), released("b", "a", {changed(1)})}};
  EXPECT_EQ(creep_of(changed(1), "a", circle, 100)->releases, 100);
}

TEST_F(CreepTest, is_judged_by_its_limit) {
  const Creep creep = *creep_of(changed(5), "v3", history_, 10);
  const Check over = judge_creep(changed(5), creep, 0.05, verdict_);
  EXPECT_EQ(over.name, "BM_x real_time creep");
  EXPECT_EQ(over.status, Status::fail);
  EXPECT_EQ(over.n.at("releases"), 3);
  EXPECT_THAT(over.sentence, HasSubstr("more than the creep of 5 % that is allowed"));
  EXPECT_EQ(judge_creep(changed(5), creep, 0.2, verdict_).status, Status::pass);
  const Check open = judge_creep(changed(5), creep, 0.12, verdict_);
  EXPECT_EQ(open.status, Status::inconclusive);
  EXPECT_THAT(open.needs, HasSubstr("modelgate run --baseline v1"));
}

TEST_F(CreepTest, p_values_belong_to_the_bounds) {
  // At a limit that is a bound itself, the p-value is the tail of the bound.
  const Creep creep = *creep_of(changed(5), "v3", history_, 10);
  EXPECT_NEAR(*judge_creep(changed(5), creep, std::expm1(creep.lower), verdict_).p_regression, 0.05, 1e-12);
  EXPECT_NEAR(*judge_creep(changed(5), creep, std::expm1(creep.upper), verdict_).p_non_inferiority, 0.05,
              1e-12);
}

TEST_F(CreepTest, of_a_rate_is_its_fall) {
  Check rate = changed(-5);
  rate.direction = Direction::higher_is_better;
  const History fell{{released("v2", "v1", {changed(-4)})}};
  const Creep creep = *creep_of(rate, "v2", fell, 10);
  EXPECT_EQ(judge_creep(rate, creep, 0.05, verdict_).status, Status::fail);
  EXPECT_EQ(judge_creep(rate, creep, 0.2, verdict_).status, Status::pass);
  EXPECT_EQ(judge_creep(rate, creep, 1.5, verdict_).reason, "margin_unusable");
}

TEST_F(CreepTest, without_bounds_nothing_is_proven) {
  Check loose = changed(50);
  loose.effect->lower.reset();
  loose.effect->upper.reset();
  const Creep creep = *creep_of(loose, "v3", history_, 10);
  for (const double limit : {0.0, 0.01, 10.0})
    EXPECT_EQ(judge_creep(loose, creep, limit, verdict_).status, Status::inconclusive) << limit;
}

TEST_F(CreepTest, is_told_where_it_is_proven_and_judged_where_it_is_limited) {
  verdict_.baseline = Subject{Role::baseline, "", "v3", "", ""};
  PerformanceDemands demands;
  std::vector<Check> checks = {changed(5)};
  judge_creeps(history_, demands, verdict_, checks);
  ASSERT_EQ(checks.size(), 1u);
  EXPECT_THAT(checks[0].warnings, ElementsAre(HasSubstr("each release passed; together +12.5 % since v1")));
  checks = {changed(-8, 3)};
  judge_creeps(history_, demands, verdict_, checks);
  EXPECT_THAT(checks[0].warnings, IsEmpty());
  demands.creep = 0.1;
  checks = {changed(5)};
  judge_creeps(history_, demands, verdict_, checks);
  ASSERT_EQ(checks.size(), 2u);
  EXPECT_EQ(checks[1].status, Status::fail);
  // Without a history the candidate's own change is all there is.
  checks = {changed(5)};
  judge_creeps(History(), demands, verdict_, checks);
  ASSERT_EQ(checks.size(), 2u);
  EXPECT_EQ(checks[1].status, Status::pass);
  EXPECT_EQ(checks[1].n.at("releases"), 1);
}

TEST_F(CreepTest, history_that_is_none_is_an_error) {
  const std::filesystem::path folder = std::filesystem::path(::testing::TempDir()) / "creep history";
  std::filesystem::remove_all(folder);
  EXPECT_THROW(History{folder}, Error);
  std::filesystem::create_directories(folder);
  EXPECT_EQ(History{folder}.of("v1"), nullptr);
  write_file(folder / "001.json", "{}");
  EXPECT_THROW(History{folder}, Error);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace modelgate
