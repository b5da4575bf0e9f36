// How the gate judges measurements that declare several looks.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gates/performance/limit.h"
#include "gates/performance/performance.h"
#include "tests/gates/performance/samples.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class LooksTest : public ::testing::Test {
 protected:
  LooksTest() {
    verdict_.gate = "performance";
    demands_.margin = 0.1;
  }

  static Measurements measured(Role role, const SampleSeries& series, std::vector<std::int64_t> looks) {
    Measurements measurements;
    measurements.subject.role = role;
    measurements.looks = std::move(looks);
    measurements.series = {series};
    return measurements;
  }

  static SampleSeries times(double factor, std::size_t count, double noise = 0.01) {
    Noise random(3 + static_cast<std::uint64_t>(1000 * factor));
    std::vector<double> values;
    for (std::size_t i = 0; i < count; ++i)
      values.push_back(1e-3 * factor * std::exp(noise * random.normal()));
    return series_of(values);
  }

  std::vector<Check> judge(const SampleSeries& baseline, const SampleSeries& candidate) {
    return judge_performance(measured(Role::baseline, baseline, looks_),
                             measured(Role::candidate, candidate, looks_), demands_, verdict_);
  }

  Verdict verdict_;
  PerformanceDemands demands_;
  std::vector<std::int64_t> looks_ = {10, 20, 40};
};

TEST_F(LooksTest, decides_a_clear_case_at_the_first_look_and_records_it) {
  const auto checks = judge(times(1, 10), times(1.02, 10));
  ASSERT_THAT(checks, SizeIs(1));
  EXPECT_EQ(checks[0].status, Status::pass);
  ASSERT_THAT(checks[0].looks, SizeIs(1));
  EXPECT_EQ(checks[0].looks[0].n, 10);
  EXPECT_LT(checks[0].looks[0].share, 0.5);
  EXPECT_THAT(checks[0].method, HasSubstr("looks at 10, 20 and 40 pairs"));
  EXPECT_EQ(judge(times(1, 10), times(1.5, 10)).at(0).status, Status::fail);
}

TEST_F(LooksTest, records_no_looks_where_one_was_declared) {
  looks_ = {};
  EXPECT_THAT(judge(times(1, 10), times(1, 10)).at(0).looks, SizeIs(0));
  looks_ = {10};
  EXPECT_THAT(judge(times(1, 10), times(1, 10)).at(0).looks, SizeIs(0));
}

TEST_F(LooksTest, an_early_look_needs_more_than_the_last) {
  // Only the second largest distance to the margin lies beyond it: p = 33/1024, enough for one look and not
  // for the first of three.
  std::vector<double> values;
  for (int i = 1; i <= 10; ++i) values.push_back(1.1e-3 * std::exp(i == 9 ? 0.09 : -0.01 * i));
  const SampleSeries baseline = series_of(std::vector<double>(10, 1e-3)), candidate = series_of(values);
  looks_ = {};
  const Check alone = judge(baseline, candidate).at(0);
  looks_ = {10, 20, 40};
  const Check first = judge(baseline, candidate).at(0);
  EXPECT_EQ(alone.status, Status::pass);
  EXPECT_EQ(first.status, Status::inconclusive);
  EXPECT_NEAR(*alone.p_non_inferiority, 33.0 / 1024, 1e-12);
  EXPECT_GT(*first.effect->upper, *alone.effect->upper);
}

TEST_F(LooksTest, before_the_first_look_it_asks_for_the_pairs_that_are_missing) {
  const Check check = judge(times(1, 9), times(3, 9)).at(0);
  EXPECT_EQ(check.status, Status::inconclusive);
  EXPECT_EQ(check.reason, "too_few_pairs");
  EXPECT_THAT(check.needs, HasSubstr("at least 10 process pairs"));
}

TEST_F(LooksTest, more_pairs_than_declared_are_an_error) {
  const Check check = judge(times(1, 41), times(1, 41)).at(0);
  EXPECT_EQ(check.status, Status::error);
  EXPECT_EQ(check.reason, "looks_exceeded");
}

TEST_F(LooksTest, sides_that_declare_different_looks_are_an_error) {
  const auto checks =
      judge_performance(measured(Role::baseline, times(1, 10), {10, 20}),
                        measured(Role::candidate, times(1, 10), {10, 40}), demands_, verdict_);
  EXPECT_EQ(checks.at(0).status, Status::error);
  EXPECT_EQ(checks.at(0).reason, "looks_unusable");
}

TEST_F(LooksTest, looks_that_do_not_rise_are_an_error) {
  looks_ = {20, 10};
  const auto checks = judge(times(1, 10), times(1, 10));
  ASSERT_THAT(checks, SizeIs(1));
  EXPECT_EQ(checks[0].status, Status::error);
  EXPECT_EQ(checks[0].reason, "looks_unusable");
}

TEST_F(LooksTest, an_absolute_limit_spends_its_error_over_the_looks_too) {
  demands_.limits = {limit_from("BM_x real_time <= 2 ms")};
  const auto checks = judge(times(1, 20), times(1, 20));
  ASSERT_THAT(checks, SizeIs(2));
  EXPECT_EQ(checks[1].status, Status::pass);
  EXPECT_THAT(checks[1].looks, SizeIs(2));
}

TEST_F(LooksTest, an_absolute_limit_is_judged_at_declared_looks_only) {
  demands_.limits = {limit_from("BM_x real_time <= 2 ms")};
  const auto judged = [&](std::size_t processes) {
    return judge_performance(std::nullopt, measured(Role::candidate, times(1, processes), looks_), demands_,
                             verdict_)
        .at(0);
  };
  EXPECT_EQ(judged(10).status, Status::pass);
  EXPECT_EQ(judged(9).status, Status::inconclusive);
  EXPECT_THAT(judged(9).needs, HasSubstr("at least 10 processes"));
  EXPECT_EQ(judged(41).status, Status::error);
  EXPECT_EQ(judged(41).reason, "looks_exceeded");
}

TEST_F(LooksTest, several_looks_at_processes_that_did_not_run_in_pairs_are_an_error) {
  SampleSeries alone = times(1, 20);
  alone.interleaved = false;
  EXPECT_EQ(judge(alone, alone).at(0).reason, "looks_unusable");
  looks_ = {20};
  EXPECT_EQ(judge(alone, alone).at(0).status, Status::pass);
}

TEST_F(LooksTest, says_how_many_pairs_or_which_margin_would_decide) {
  const Check check = judge(times(1, 20, 0.2), times(1.05, 20, 0.2)).at(0);
  ASSERT_EQ(check.status, Status::inconclusive) << check.sentence;
  EXPECT_THAT(check.needs, HasSubstr("about "));
  EXPECT_THAT(check.needs, HasSubstr(" more process pairs, or a margin of "));
}

TEST_F(LooksTest, the_margin_that_it_suggests_would_pass) {
  for (const double factor : {1.04, 1.05, 1.1}) {
    demands_.margin = 0.1;
    const SampleSeries baseline = times(1, 20, 0.25), candidate = times(factor, 20, 0.25);
    const Check check = judge(baseline, candidate).at(0);
    ASSERT_EQ(check.status, Status::inconclusive) << check.sentence;
    const std::size_t at = check.needs.find("margin of ");
    ASSERT_NE(at, std::string::npos) << check.needs;
    demands_.margin = std::stod(check.needs.substr(at + 10)) / 100;
    EXPECT_EQ(judge(baseline, candidate).at(0).status, Status::pass) << check.needs;
  }
}

TEST_F(LooksTest, a_rate_cannot_fall_by_a_hundred_percent) {
  demands_.margin = 1;
  const std::vector<double> rates(10, 100.0);
  const SampleSeries series = series_of(rates, true, "BM_x", Better::higher);
  demands_.quantities = {"throughput"};
  EXPECT_EQ(judge(series, series).at(0).reason, "margin_unusable");
}

}  // namespace
}  // namespace modelgate
