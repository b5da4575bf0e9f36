#include "gates/performance/performance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "gates/performance/limit.h"
#include "schemas/tool/error.h"
#include "tests/gates/performance/samples.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class PerformanceTest : public ::testing::Test {
 protected:
  PerformanceTest() {
    verdict_.gate = "performance";
    demands_.margin = 0.1;
  }

  static Measurements measured(Role role, std::vector<SampleSeries> series) {
    Measurements measurements;
    measurements.subject.role = role;
    for (SampleSeries& one : series) measurements.series.push_back(std::move(one));
    return measurements;
  }

  std::vector<Check> judge(std::vector<SampleSeries> baseline, std::vector<SampleSeries> candidate) {
    return judge_performance(measured(Role::baseline, std::move(baseline)),
                             measured(Role::candidate, std::move(candidate)), demands_, verdict_);
  }

  Check one(std::vector<SampleSeries> baseline, std::vector<SampleSeries> candidate) {
    const auto checks = judge(std::move(baseline), std::move(candidate));
    EXPECT_THAT(checks, SizeIs(1));
    return checks.empty() ? Check{} : checks.front();
  }

  static std::vector<double> times(double factor, std::size_t count = 12) {
    Noise random(3 + static_cast<std::uint64_t>(1000 * factor));
    std::vector<double> values;
    for (std::size_t i = 0; i < count; ++i)
      values.push_back(1e-3 * factor * std::exp(0.01 * random.normal()));
    return values;
  }

  Verdict verdict_;
  PerformanceDemands demands_;
};

TEST_F(PerformanceTest, blocks_when_the_slowdown_exceeds_the_margin) {
  const Check check = one({series_of(times(1))}, {series_of(times(1.5))});
  EXPECT_EQ(check.status, Status::fail);
  EXPECT_EQ(check.reason, "regression_proven");
  EXPECT_THAT(check.sentence, HasSubstr("BM_x real_time is "));
  EXPECT_THAT(check.sentence, HasSubstr("slower"));
  EXPECT_THAT(check.sentence, HasSubstr("more than the margin of 10 %"));
  EXPECT_NEAR(check.effect->estimate, 50, 2);
  EXPECT_GT(*check.effect->lower, 45);
  EXPECT_EQ(*check.margin, 10);
  EXPECT_EQ(check.n.at("pairs"), 12);
}

TEST_F(PerformanceTest, passes_when_non_inferiority_is_proven) {
  const Check check = one({series_of(times(1))}, {series_of(times(1.01))});
  EXPECT_EQ(check.status, Status::pass);
  EXPECT_LE(*check.effect->upper, 10);
}

TEST_F(PerformanceTest, judges_many_benchmarks_the_same_on_any_number_of_threads) {
  std::vector<SampleSeries> baseline, candidate;
  for (int i = 0; i < 300; ++i) {
    const std::string name = "BM_" + std::to_string(i);
    baseline.push_back(series_of(times(1 + i / 1e3), i % 3 == 0, name));
    if (i % 50 != 7) candidate.push_back(series_of(times(1 + i / 2e3), i % 3 == 0, name));
  }
  demands_.threads = 1;
  const std::vector<Check> by_one = judge(baseline, candidate);
  ASSERT_THAT(by_one, SizeIs(300));
  EXPECT_TRUE(std::is_sorted(by_one.begin(), by_one.end(),
                             [](const Check& a, const Check& b) { return a.name < b.name; }));
  for (const int threads : {0, 2, 5}) {
    demands_.threads = threads;
    EXPECT_EQ(judge(baseline, candidate), by_one) << threads;
  }
}

TEST_F(PerformanceTest, a_filter_that_leaves_the_times_out_leaves_the_rest_to_judge) {
  SampleSeries rate = series_of(times(1), true, "BM_x", Better::higher);
  demands_.filter = "BM_x throughput";
  EXPECT_EQ(one({series_of(times(1)), rate}, {series_of(times(1)), rate}).name, "BM_x throughput");
  demands_.filter = "BM_x*";
  EXPECT_EQ(one({series_of(times(1)), rate}, {series_of(times(1)), rate}).name, "BM_x real_time");
}

TEST_F(PerformanceTest, shows_a_proven_improvement) {
  const Check check = one({series_of(times(1.3))}, {series_of(times(1))});
  EXPECT_EQ(check.status, Status::pass);
  EXPECT_TRUE(check.improved);
  EXPECT_THAT(check.sentence, HasSubstr("faster"));
}

TEST_F(PerformanceTest, cannot_tell_near_the_margin_and_says_how_many_pairs_would_decide) {
  std::vector<double> baseline(12, 1e-3), candidate;
  Noise random(5);
  for (int i = 0; i < 12; ++i) candidate.push_back(1.08e-3 * std::exp(0.08 * random.normal()));
  const Check check = one({series_of(baseline)}, {series_of(candidate)});
  EXPECT_EQ(check.status, Status::inconclusive);
  EXPECT_THAT(check.needs, HasSubstr("more process pairs"));
}

TEST_F(PerformanceTest, a_huge_slowdown_in_too_few_pairs_is_inconclusive) {
  const Check check = one({series_of(times(1, 4))}, {series_of(times(3, 4))});
  EXPECT_EQ(check.status, Status::inconclusive);
  EXPECT_EQ(check.reason, "too_few_pairs");
  EXPECT_THAT(check.needs, HasSubstr("at least 5 process pairs"));
}

TEST_F(PerformanceTest, a_benchmark_that_vanished_is_an_error) {
  const Check check = one({series_of(times(1))}, {});
  EXPECT_EQ(check.status, Status::error);
  EXPECT_EQ(check.reason, "benchmark_missing");
}

TEST_F(PerformanceTest, a_new_benchmark_is_not_compared_and_is_no_pass) {
  const auto checks =
      judge({series_of(times(1))}, {series_of(times(1)), series_of(times(1), true, "BM_new")});
  ASSERT_THAT(checks, SizeIs(2));
  EXPECT_EQ(checks[1].status, Status::not_compared);
}

TEST_F(PerformanceTest, nothing_measured_is_an_error) {
  const Check check = one({}, {});
  EXPECT_EQ(check.status, Status::error);
  EXPECT_EQ(check.reason, "nothing_measured");
  demands_.filter = "no such*";
  EXPECT_EQ(one({series_of(times(1))}, {series_of(times(1))}).reason, "nothing_measured");
}

TEST_F(PerformanceTest, times_that_are_no_times_are_errors) {
  for (const double bad : {0.0, -1.0, std::nan(""), double(INFINITY)}) {
    std::vector<double> values = times(1);
    values[3] = bad;
    EXPECT_EQ(one({series_of(values)}, {series_of(times(1))}).status, Status::error) << bad;
    EXPECT_EQ(one({series_of(times(1))}, {series_of(values)}).status, Status::error) << bad;
  }
  EXPECT_EQ(one({series_of(times(1))}, {series_of({})}).status, Status::error);
}

TEST_F(PerformanceTest, a_problem_while_measuring_is_an_error_even_if_the_times_are_fine) {
  Measurements baseline = measured(Role::baseline, {series_of(times(1))});
  Measurements candidate = measured(Role::candidate, {series_of(times(1))});
  candidate.problems.push_back({"crashed", "the program was killed by SIGSEGV"});
  const auto checks = judge_performance(baseline, candidate, demands_, verdict_);
  ASSERT_THAT(checks, SizeIs(2));
  EXPECT_EQ(checks[0].status, Status::error);
  EXPECT_EQ(checks[0].reason, "crashed");
  EXPECT_EQ(worst(checks), Status::error);
}

TEST_F(PerformanceTest, units_that_differ_are_an_error) {
  SampleSeries other = series_of(times(1));
  other.unit = "ms";
  EXPECT_EQ(one({series_of(times(1))}, {other}).reason, "units_differ");
}

TEST_F(PerformanceTest, takes_the_margin_of_the_last_pattern_that_matches) {
  demands_.benchmark_margins = {{"BM_*", 0.2}, {"BM_x", 0.6}};
  const Check check = one({series_of(times(1))}, {series_of(times(1.5))});
  EXPECT_EQ(check.status, Status::pass);
  EXPECT_EQ(*check.margin, 60);
}

TEST_F(PerformanceTest, names_that_mean_nothing_are_errors_and_ask_for_no_less) {
  demands_.benchmark_margins = {{"BM_y", 0.01}};
  auto checks = judge({series_of(times(1))}, {series_of(times(1))});
  ASSERT_THAT(checks, SizeIs(2));
  EXPECT_EQ(checks[1].reason, "benchmark_missing");
  EXPECT_THAT(checks[1].sentence, HasSubstr("'BM_y', which has a margin"));
  demands_.benchmark_margins.clear();
  demands_.quantities = {"real_time", "p99"};
  checks = judge({series_of(times(1))}, {series_of(times(1))});
  ASSERT_THAT(checks, SizeIs(2));
  EXPECT_EQ(checks[1].name, "* p99");
  EXPECT_EQ(checks[1].status, Status::error);
}

TEST_F(PerformanceTest, judges_quantiles_of_calls_where_they_are_asked_for_or_have_a_margin) {
  const auto calls = [](double factor) {
    Noise random(static_cast<std::uint64_t>(100 * factor));
    SampleSeries series = series_of(std::vector<double>(12, 1), true, "latency batch=1");
    series.quantity = "latency";
    for (ProcessSamples& process : series.processes) {
      process.values.clear();
      // The slowest two of a hundred take `factor` times as long.
      for (int i = 0; i < 200; ++i)
        process.values.push_back((i % 50 == 0 ? factor : 1) * 1e-3 * std::exp(0.01 * random.normal()));
    }
    return series;
  };
  EXPECT_EQ(one({calls(2)}, {calls(3)}).status, Status::pass);
  demands_.benchmark_margins = {{"p99", 0.2}};
  const auto checks = judge({calls(2)}, {calls(3)});
  ASSERT_THAT(checks, SizeIs(2));
  EXPECT_EQ(checks[0].name, "latency batch=1 latency");
  EXPECT_EQ(checks[1].name, "latency batch=1 p99");
  EXPECT_EQ(*checks[1].margin, 20);
  EXPECT_EQ(checks[1].status, Status::fail) << checks[1].sentence;
  EXPECT_NEAR(checks[1].effect->estimate, 50, 5);
  demands_.benchmark_margins.clear();
  demands_.quantities = {"p50"};
  EXPECT_EQ(one({calls(2)}, {calls(3)}).status, Status::pass);
  demands_.quantities = {"p99.9"};
  const Check few = one({calls(2)}, {calls(3)});
  EXPECT_EQ(few.status, Status::error);
  EXPECT_THAT(few.sentence, HasSubstr("needs at least 1000"));
}

TEST_F(PerformanceTest, counts_the_pairs_that_were_disturbed) {
  Measurements baseline = measured(Role::baseline, {series_of(times(1))});
  Measurements candidate = measured(Role::candidate, {series_of(times(1.5))});
  candidate.discarded = {{3, "processor_shared", "x"}, {7, "processor_shared", "y"}};
  const auto checks = judge_performance(baseline, candidate, demands_, verdict_);
  ASSERT_THAT(checks, SizeIs(1));
  EXPECT_EQ(checks[0].n.at("discarded"), 2);
  EXPECT_THAT(checks[0].sentence, HasSubstr("12 process pairs, 2 disturbed and measured again)"));
}

TEST_F(PerformanceTest, a_pair_with_a_process_of_one_side_only_is_an_error_and_not_passed_over) {
  EXPECT_EQ(one({series_of(times(1))}, {series_of(times(1))}).status, Status::pass);
  const Check lost = one({series_of(times(1))}, {series_of(times(1, 11))});
  EXPECT_EQ(lost.status, Status::error);
  EXPECT_EQ(lost.reason, "pairs_incomplete");
  SampleSeries emptied = series_of(times(1));
  emptied.processes.back().values.clear();
  EXPECT_EQ(one({emptied}, {series_of(times(1))}).reason, "pairs_incomplete");
}

TEST_F(PerformanceTest, judges_processor_time_only_if_asked) {
  SampleSeries slow = series_of(times(2));
  slow.quantity = "cpu_time";
  SampleSeries fast = series_of(times(1));
  fast.quantity = "cpu_time";
  EXPECT_EQ(judge({series_of(times(1)), fast}, {series_of(times(1)), slow}).size(), 1u);
  demands_.quantities = {"cpu_time"};
  EXPECT_EQ(one({series_of(times(1)), fast}, {series_of(times(1)), slow}).status, Status::fail);
}

TEST_F(PerformanceTest, a_first_release_is_judged_by_limits_alone) {
  demands_.limits = {limit_from("BM_* real_time <= 2 ms")};
  const auto checks =
      judge_performance(std::nullopt, measured(Role::candidate, {series_of(times(1))}), demands_, verdict_);
  ASSERT_THAT(checks, SizeIs(2));
  EXPECT_EQ(checks[0].name, "BM_x real_time max");
  EXPECT_EQ(checks[0].status, Status::pass);
  EXPECT_EQ(checks[1].status, Status::not_compared);
  EXPECT_EQ(checks[1].reason, "first_release");
}

TEST_F(PerformanceTest, an_absolute_limit_must_be_proven) {
  demands_.limits = {limit_from("BM_x real_time <= 500us")};
  EXPECT_EQ(judge({series_of(times(1))}, {series_of(times(1))}).at(1).status, Status::fail);
  demands_.limits = {limit_from("real_time <= 0.001")};
  EXPECT_EQ(judge({series_of(times(1))}, {series_of(times(1))}).at(1).status, Status::inconclusive);
  demands_.limits = {limit_from("BM_gone real_time <= 1 ms")};
  EXPECT_EQ(judge({series_of(times(1))}, {series_of(times(1))}).at(1).reason, "benchmark_missing");
}

TEST(PerformanceOptionsTest, reads_percentages_and_limits_and_refuses_the_rest) {
  PerformanceOptions options;
  options.margin = "3%";
  options.benchmark_margins = {"latency batch=8=5%"};
  options.limits = {"BM_x real_time <= 2ms"};
  const PerformanceDemands demands = options.demands();
  EXPECT_DOUBLE_EQ(demands.margin, 0.03);
  EXPECT_EQ(demands.benchmark_margins.at(0).pattern, "latency batch=8");
  EXPECT_EQ(demands.limits.at(0).quantity, "real_time");
  for (const char* bad : {"3", "-1%", "nan%", "", "10000%", "3 percent"}) {
    options.margin = bad;
    EXPECT_THROW(options.demands(), Error) << bad;
  }
}

}  // namespace
}  // namespace modelgate
