#include "gates/performance/direction.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/tool/error.h"
#include "tests/gates/performance/samples.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

SampleSeries counted(const std::string& name, const std::vector<double>& values,
                     Better better = Better::unknown) {
  SampleSeries series = series_of(values, false, name);
  series.quantity = "hits";
  series.unit = "hits";
  series.better = better;
  return series;
}

Measurements measured(std::vector<SampleSeries> series) {
  Measurements measurements;
  for (SampleSeries& one : series) measurements.series.push_back(std::move(one));
  return measurements;
}

class DirectionTest : public ::testing::Test {
 protected:
  DirectionTest() {
    verdict_.gate = "performance";
    demands_.margin = 0.1;
  }
  std::vector<Check> judge(const SampleSeries& baseline, const SampleSeries& candidate) {
    return judge_performance(measured({baseline}), measured({candidate}), demands_, verdict_);
  }

  const std::vector<double> low_ = {100, 101, 99, 100.5, 99.5, 100.2},
                            high_ = {150, 151, 149, 150.5, 149.5, 150.2};
  Verdict verdict_;
  PerformanceDemands demands_;
};

TEST_F(DirectionTest, is_asked_for_where_it_is_not_known) {
  const auto checks = judge(counted("cache", low_), counted("cache", low_));
  ASSERT_THAT(checks, SizeIs(1));
  EXPECT_EQ(checks[0].status, Status::error);
  EXPECT_EQ(checks[0].reason, "direction_unknown");
  EXPECT_EQ(checks[0].needs,
            "--better 'cache hits=lower' or --better 'cache hits=higher', in a plan better: {\"cache hits\": "
            "lower}");
}

TEST_F(DirectionTest, that_people_say_is_judged_by) {
  for (const char* pattern : {"cache hits", "cache", "hits", "c*", "* hits"}) {
    demands_.better = {{pattern, Better::lower}};
    EXPECT_EQ(judge(counted("cache", low_), counted("cache", high_)).front().status, Status::fail) << pattern;
    demands_.better = {{"*", Better::lower}, {pattern, Better::higher}};
    EXPECT_TRUE(judge(counted("cache", low_), counted("cache", high_)).front().improved)
        << pattern << ": the last one counts";
  }
}

TEST_F(DirectionTest, may_be_said_of_a_name_that_holds_what_patterns_are_made_of) {
  demands_.better = {{"test_score[8] hits", Better::lower}};
  EXPECT_EQ(judge(counted("test_score[8]", low_), counted("test_score[8]", low_)).front().status,
            Status::pass);
}

TEST_F(DirectionTest, that_is_known_is_not_turned_round) {
  demands_.better = {{"*", Better::higher}};
  const auto checks = judge(series_of(low_, false), series_of(high_, false));
  ASSERT_THAT(checks, SizeIs(2));
  EXPECT_EQ(checks[0].status, Status::fail);
  EXPECT_EQ(checks[1].reason, "direction_contradicted");
  demands_.better = {{"*", Better::lower}};
  EXPECT_THAT(judge(series_of(low_, false), series_of(low_, false)), SizeIs(1));
}

TEST_F(DirectionTest, of_a_name_that_nothing_has_is_an_error) {
  demands_.better = {{"cahce", Better::lower}};
  const auto checks = judge(counted("cache", low_), counted("cache", low_));
  ASSERT_THAT(checks, SizeIs(2));
  EXPECT_EQ(checks[1].reason, "benchmark_missing");
  EXPECT_EQ(checks[1].sentence, "no benchmark matches 'cahce', which has a direction");
}

TEST_F(DirectionTest, is_asked_for_beside_benchmarks_that_have_one) {
  const auto checks = judge_performance(measured({counted("a", low_), counted("b", low_, Better::lower)}),
                                        measured({counted("a", low_), counted("b", low_, Better::lower)}),
                                        demands_, verdict_);
  ASSERT_THAT(checks, SizeIs(2));
  EXPECT_EQ(checks[0].reason, "direction_unknown");
  EXPECT_EQ(checks[1].status, Status::pass);
}

TEST_F(DirectionTest, is_typed_as_name_and_direction) {
  PerformanceOptions options;
  options.better = {"BM batch=8 hits=higher", "x=lower"};
  const auto demands = options.demands();
  ASSERT_THAT(demands.better, SizeIs(2));
  EXPECT_EQ(demands.better[0].pattern, "BM batch=8 hits");
  EXPECT_EQ(demands.better[0].better, Better::higher);
  for (const char* wrong : {"x", "=lower", "x=", "x=Higher", "x=unknown"}) {
    options.better = {wrong};
    EXPECT_THROW(options.demands(), Error) << wrong;
  }
}

}  // namespace
}  // namespace modelgate
