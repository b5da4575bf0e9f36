#include "gates/performance/limit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "gates/performance/quantile.h"
#include "schemas/tool/error.h"
#include "tests/gates/performance/samples.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;

TEST(LimitText, reads_quantity_benchmarks_sign_number_and_unit) {
  const PerformanceLimit p99 = limit_from("p99 <= 120 ms");
  EXPECT_EQ(p99.benchmarks, "*");
  EXPECT_EQ(p99.quantity, "p99");
  EXPECT_EQ(p99.kind, Limit::Kind::maximum);
  EXPECT_DOUBLE_EQ(p99.value, 0.12);
  EXPECT_EQ(p99.unit, "s");
  const PerformanceLimit memory = limit_from("peak_memory<=6GiB");
  EXPECT_EQ(memory.quantity, "peak_memory");
  EXPECT_DOUBLE_EQ(memory.value, 6442450944.0);
  EXPECT_EQ(memory.unit, "bytes");
  EXPECT_DOUBLE_EQ(limit_from("model_size ≤ 500 MB").value, 5e8);
  const PerformanceLimit rate = limit_from("latency batch=8 throughput >= 500 /s");
  EXPECT_EQ(rate.benchmarks, "latency batch=8");
  EXPECT_EQ(rate.quantity, "throughput");
  EXPECT_EQ(rate.kind, Limit::Kind::minimum);
  EXPECT_EQ(limit_from("tokens <= 70").unit, "");
  EXPECT_TRUE(is_limited(limit_from("lat* p99 <= 1 s"), {"latency batch=8", "p99"}));
  EXPECT_FALSE(is_limited(limit_from("lat* p99 <= 1 s"), {"latency batch=8", "p95"}));
  EXPECT_FALSE(is_limited(limit_from("lat* p99 <= 1 s"), {"BM_x", "p99"}));
}

TEST(LimitText, refuses_what_is_no_limit) {
  for (const char* bad : {"", "p99", "p99 < 3 ms", "<= 3 ms", "p99 <=", "p99 <= fast", "p99 <= 0 ms",
                          "p99 <= -1 ms", "p99 <= nan", "p99 <= inf s", "p99 <= 1e999 s", "p99 <= 3 parsecs",
                          "p99 <= 3 ms 4", "p99 >= 3 ms", "p99 <= 1e308 TiB"})
    EXPECT_THROW(limit_from(bad), Error) << bad;
}

TEST(Quantile, is_named_by_its_percentage) {
  EXPECT_DOUBLE_EQ(*quantile_named("p99"), 0.99);
  EXPECT_DOUBLE_EQ(*quantile_named("p99.9"), 0.999);
  EXPECT_DOUBLE_EQ(*quantile_named("p5"), 0.05);
  for (const char* other :
       {"p", "p0", "p100", "p100.1", "pairs", "q99", "p99x", "99", "p-1", "p1.2.3", "p99.99999999"})
    EXPECT_FALSE(quantile_named(other)) << other;
}

TEST(Quantile, of_a_process_is_its_value_of_that_rank) {
  SampleSeries calls = series_of({1});
  calls.quantity = "latency";
  calls.processes[0].values.clear();
  for (int i = 300; i > 0; --i) calls.processes[0].values.push_back(i);
  EXPECT_EQ(quantile_series(calls, "p99", 0.99).processes[0].values, std::vector<double>{297});
  EXPECT_EQ(quantile_series(calls, "p50", 0.5).processes[0].values, std::vector<double>{150});
  EXPECT_EQ(no_quantile(calls, "p99", 0.99), "");
  EXPECT_THAT(no_quantile(calls, "p99.9", 0.999), HasSubstr("300 values, and p99.9 needs at least 1000"));
}

class LimitTest : public ::testing::Test {
 protected:
  LimitTest() { verdict_.gate = "performance"; }

  /// Calls of each process: around `seconds`, of which each hundredth takes `slow` times as long.
  static SampleSeries calls(double seconds, double slow, std::size_t processes, std::size_t per_process) {
    Noise random(11);
    SampleSeries series = series_of(std::vector<double>(processes, 1), true, "latency batch=1");
    series.quantity = "latency";
    for (ProcessSamples& process : series.processes) {
      process.values.clear();
      for (std::size_t i = 0; i < per_process; ++i)
        process.values.push_back(seconds * std::exp(0.02 * random.normal()) * (i % 50 == 7 ? slow : 1));
    }
    return series;
  }

  Check judge(SampleSeries series, const std::string& limit, const std::vector<std::int64_t>& looks = {}) {
    Measurements measurements;
    const std::string name = series.name;
    measurements.series = {std::move(series)};
    PerformanceDemands demands;
    demands.limits = {limit_from(limit)};
    const SeriesChoice choice(measurements, demands);
    return judge_limit({name, demands.limits[0].quantity}, choice, demands.limits[0], looks, verdict_);
  }

  Verdict verdict_;
};

TEST_F(LimitTest, of_a_quantile_passes_and_fails_by_exact_bounds) {
  // Two calls of a hundred take 3 ms, all others 1 ms: p99 lies near 3 ms.
  const SampleSeries slow = calls(1e-3, 3, 5, 500);
  const Check held = judge(slow, "p99 <= 5 ms");
  EXPECT_EQ(held.status, Status::pass) << held.sentence;
  EXPECT_EQ(held.reason, "limit_held");
  EXPECT_EQ(held.name, "latency batch=1 p99 max");
  EXPECT_EQ(held.n.at("calls"), 2500);
  EXPECT_THAT(held.method, HasSubstr("order statistics"));
  const Check broken = judge(slow, "p99 <= 2 ms");
  EXPECT_EQ(broken.status, Status::fail) << broken.sentence;
  EXPECT_EQ(judge(slow, "p50 <= 2 ms").status, Status::pass);
  EXPECT_EQ(judge(slow, "p95 <= 2 ms").status, Status::pass);
}

TEST_F(LimitTest, of_p99_needs_299_calls_as_published) {
  EXPECT_EQ(judge(calls(1e-3, 1, 3, 100), "p99 <= 2 ms").status, Status::pass);  // 300
  // 297 calls, 99 of each process, of which p99 can be told, say too little.
  SampleSeries few = calls(1e-3, 1, 3, 100);
  for (ProcessSamples& process : few.processes) process.values.resize(99);
  EXPECT_EQ(judge(few, "p99 <= 2 ms").status, Status::error);
  verdict_.alpha_pass = 0.01;
  const Check open = judge(calls(1e-3, 1, 3, 100), "p99 <= 2 ms");
  EXPECT_EQ(open.status, Status::inconclusive);
  EXPECT_THAT(open.needs, HasSubstr("at least 459 calls instead of 300"));
}

TEST_F(LimitTest, of_a_quantile_is_not_proven_by_many_calls_of_processes_that_differ) {
  // In one process of four everything is slow: pooled, thousands of calls seem to prove that p50 is held.
  SampleSeries series = calls(1e-3, 1, 4, 1000);
  for (double& value : series.processes[2].values) value *= 30;
  EXPECT_EQ(judge(series, "p50 <= 2 ms").status, Status::inconclusive);
}

TEST_F(LimitTest, of_a_rate_is_a_least_value) {
  const SampleSeries rate = series_of({99, 101, 100, 102, 98}, true, "latency batch=1", Better::higher);
  EXPECT_EQ(judge(rate, "throughput >= 80 /s").status, Status::pass);
  const Check missed = judge(rate, "throughput >= 120 /s");
  EXPECT_EQ(missed.status, Status::fail);
  EXPECT_THAT(missed.sentence, HasSubstr("below the limit of 120 1/s"));
  EXPECT_EQ(judge(rate, "throughput >= 100 /s").status, Status::inconclusive);
}

TEST_F(LimitTest, of_a_size_that_is_the_same_in_every_process_needs_two) {
  SampleSeries size = series_of({5e8, 5e8}, true, "model");
  size.quantity = "model_size";
  size.unit = "bytes";
  const Check held = judge(size, "model_size <= 500 MB");
  EXPECT_EQ(held.status, Status::pass);
  EXPECT_EQ(held.sentence, "model model_size is 500 MB in all 2 processes, within the limit of 500 MB");
  EXPECT_EQ(judge(size, "model_size <= 499 MB").status, Status::fail);
  size.processes.pop_back();
  EXPECT_EQ(judge(size, "model_size <= 500 MB").reason, "too_few_pairs");
}

TEST_F(LimitTest, in_another_unit_is_an_error_and_so_are_values_that_are_none) {
  EXPECT_EQ(judge(calls(1e-3, 1, 3, 100), "p99 <= 6 GiB").reason, "units_differ");
  SampleSeries broken = calls(1e-3, 1, 3, 100);
  broken.processes[1].values[3] = std::nan("");
  EXPECT_EQ(judge(broken, "p99 <= 2 ms").status, Status::error);
  EXPECT_EQ(judge(broken, "latency <= 2 ms").status, Status::error);
}

TEST_F(LimitTest, looks_spend_their_shares_of_the_error_rate) {
  const SampleSeries series = calls(1e-3, 1, 3, 100);
  EXPECT_EQ(judge(series, "p99 <= 2 ms").status, Status::pass);
  const Check open = judge(series, "p99 <= 2 ms", {3, 20});
  EXPECT_EQ(open.status, Status::inconclusive);
  ASSERT_EQ(open.looks.size(), 1u);
  EXPECT_LT(open.looks[0].share, 1);
  EXPECT_EQ(judge(series, "p99 <= 2 ms", {2}).reason, "looks_exceeded");
  EXPECT_EQ(judge(series, "p99 <= 2 ms", {10, 20}).reason, "too_few_pairs");
}

}  // namespace
}  // namespace modelgate
