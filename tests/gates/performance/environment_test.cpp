// Which measurements are compared: on the same machine, and of sizes without doubt.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gates/performance/fixed_values.h"
#include "gates/performance/performance.h"
#include "tests/gates/performance/samples.h"

namespace modelgate {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class EnvironmentTest : public ::testing::Test {
 protected:
  EnvironmentTest() {
    verdict_.gate = "performance";
    for (Measurements* one : {&baseline_, &candidate_}) {
      one->environment = {{"cpu", "AMD EPYC"}, {"cores", "2"}, {"kernel", "Linux 6.1"}};
      one->series = {series_of(std::vector<double>(12, 1e-3))};
    }
    candidate_.subject.role = Role::candidate;
    baseline_.subject.role = Role::baseline;
    demands_.margin = 0.1;
  }
  std::vector<Check> judge() { return judge_performance(baseline_, candidate_, demands_, verdict_); }

  Measurements baseline_, candidate_;
  PerformanceDemands demands_;
  Verdict verdict_;
};

TEST_F(EnvironmentTest, that_is_the_same_is_compared) {
  const auto checks = judge();
  ASSERT_EQ(checks.size(), 1u);
  EXPECT_EQ(checks[0].status, Status::pass);
}

TEST_F(EnvironmentTest, of_another_processor_is_an_error_that_names_the_field_and_compares_nothing) {
  baseline_.environment["cpu"] = "Intel Xeon";
  const auto checks = judge();
  ASSERT_EQ(checks.size(), 1u);
  EXPECT_EQ(checks[0].status, Status::error);
  EXPECT_EQ(checks[0].reason, "environment_differs");
  EXPECT_THAT(checks[0].sentence,
              AllOf(HasSubstr("cpu 'Intel Xeon' and 'AMD EPYC'"), Not(HasSubstr("kernel"))));
  EXPECT_THAT(checks[0].needs, HasSubstr("--may-differ cpu"));
}

TEST_F(EnvironmentTest, may_differ_where_that_is_declared) {
  baseline_.environment["kernel"] = "Linux 6.2";
  baseline_.environment.erase("cores");
  EXPECT_EQ(judge().at(0).status, Status::error);
  demands_.may_differ = {"kernel"};
  EXPECT_THAT(judge().at(0).sentence, HasSubstr("cores not told and '2'"));
  demands_.may_differ = {"ker*", "cores"};
  EXPECT_EQ(judge().at(0).status, Status::pass);
}

TEST_F(EnvironmentTest, that_only_one_side_tells_is_not_compared_silently) {
  baseline_.environment.clear();
  EXPECT_EQ(judge().at(0).reason, "environment_differs");
  candidate_.environment.clear();
  EXPECT_EQ(judge().at(0).status, Status::pass);
}

TEST_F(EnvironmentTest, that_differs_leaves_the_candidates_own_limits_to_judge) {
  baseline_.environment["cpu"] = "Intel Xeon";
  demands_.limits = {PerformanceLimit{"*", "real_time", Limit::Kind::maximum, 1, "s"}};
  const auto checks = judge();
  ASSERT_EQ(checks.size(), 2u);
  EXPECT_EQ(checks[1].name, "BM_x real_time max");
  EXPECT_EQ(worst(checks), Status::error);
}

class FixedValuesTest : public EnvironmentTest {
 protected:
  Check compare(std::vector<double> before, std::vector<double> after, const std::string& unit = "bytes") {
    SampleSeries sides[2] = {series_of(before, true, "model"), series_of(after, true, "model")};
    for (SampleSeries& side : sides) {
      side.quantity = "model_size";
      side.unit = unit;
    }
    baseline_.series = {sides[0]};
    candidate_.series = {sides[1]};
    demands_.quantities = {"model_size"};
    return judge().at(0);
  }
};

TEST_F(FixedValuesTest, are_compared_exactly_with_two_processes) {
  const Check grown = compare({1000, 1000}, {1101, 1101});
  EXPECT_EQ(grown.status, Status::fail);
  EXPECT_EQ(grown.p_regression, 0);
  EXPECT_THAT(
      grown.sentence,
      HasSubstr("10.1 % more, 1.101 kB instead of 1 kB in every process, more than the margin of 10 %"));
  EXPECT_EQ(compare({1000, 1000}, {1100, 1100}).status, Status::pass);
  EXPECT_EQ(compare({1000, 1000}, {1000, 1000}).status, Status::pass);
  EXPECT_FALSE(compare({1000, 1000}, {1000, 1000}).improved);
  EXPECT_TRUE(compare({1000, 1000}, {900, 900}).improved);
}

TEST_F(FixedValuesTest, of_one_process_or_that_differ_are_estimated) {
  EXPECT_FALSE(fixed_value(series_of({1000}, true, "model")));
  EXPECT_EQ(compare({1000}, {2000}).status, Status::inconclusive);
  EXPECT_EQ(compare({1000, 1000}, {2000, 2001}).status, Status::inconclusive);
  EXPECT_EQ(compare({0, 0}, {0, 0}).status, Status::error);
}

TEST_F(FixedValuesTest, are_no_times) {
  EXPECT_EQ(compare({1, 1}, {2, 2}, "s").status, Status::inconclusive);
  for (const char* unit : {"1/s", "bytes/s", "ticks", ""})
    EXPECT_EQ(compare({1, 1}, {1, 1}, unit).status, Status::inconclusive) << unit;
}

}  // namespace
}  // namespace modelgate
