#include "runners/gpu/sampler.h"

#include <gtest/gtest.h>

#include <atomic>

namespace modelgate {
namespace {

/// Numbered by their clock.
GpuSample numbered(std::atomic<int>& count) {
  GpuSample sample;
  sample.sm_clock_mhz = ++count;
  return sample;
}

TEST(gpu_sampler, gives_every_sample_once_and_in_order_the_last_one_fresh) {
  std::atomic<int> count{0};
  GpuSampler sampler([&](Extent) { return numbered(count); }, 50);
  double last = 0;
  for (int i = 0; i < 5; ++i) {
    const int before = count;
    const std::vector<GpuSample> samples = sampler.take();
    ASSERT_FALSE(samples.empty());
    for (const GpuSample& sample : samples) EXPECT_EQ(*sample.sm_clock_mhz, ++last);
    EXPECT_GT(last, before);
  }
}

TEST(gpu_sampler, tells_its_listener_of_what_it_gives) {
  std::atomic<int> count{0}, told{0};
  GpuSampler sampler([&](Extent) { return numbered(count); }, 50, [&](const GpuSample&) { ++told; });
  const std::size_t given = sampler.take().size();
  EXPECT_GE(told, static_cast<int>(given));
}

TEST(gpu_sampler, takes_no_more_when_it_is_stopped) {
  std::atomic<int> count{0};
  GpuSampler sampler([&](Extent) { return numbered(count); }, 50);
  (void)sampler.take();
  sampler.stop();
  const int taken = count;
  const double rate = sampler.samples_per_second();
  EXPECT_TRUE(sampler.take().size() <= 1);
  EXPECT_EQ(count, taken);
  EXPECT_EQ(sampler.samples_per_second(), rate);
}

/// Processor seconds of an hour of samples, 20 a second, of which a whole one and one of the clocks cost so
/// much.
struct Hour {
  double spent = 0;
  int whole = 0, clocks = 0;
};
Hour hour(double whole_cost, double clocks_cost) {
  SamplingBudget budget;
  Hour seen;
  for (int i = 0; i < 20 * 3600; ++i) {
    budget.passed(0.05);
    const Extent extent = budget.next();
    if (extent == Extent::nothing) continue;
    ++(extent == Extent::whole ? seen.whole : seen.clocks);
    const double cost = extent == Extent::whole ? whole_cost : clocks_cost;
    budget.spent(extent, cost);
    seen.spent += cost;
  }
  return seen;
}

TEST(sampling_budget, keeps_below_a_hundredth_of_a_processor_whatever_samples_cost) {
  for (const double whole_cost : {1e-5, 1e-3, 5e-3, 0.1, 2.0})
    for (const double clocks_cost : {1e-5, 1e-4, 1e-3})
      EXPECT_LT(hour(whole_cost, clocks_cost).spent, 36) << whole_cost;
}

TEST(sampling_budget, reads_all_of_it_every_time_where_that_is_cheap) {
  EXPECT_EQ(hour(1e-4, 1e-5).whole, 20 * 3600);
}

TEST(sampling_budget, reads_the_clocks_between_where_all_of_it_is_dear) {
  const Hour seen = hour(5e-3, 5e-5);
  EXPECT_GT(seen.whole, 3600);
  EXPECT_GT(seen.whole + seen.clocks, 15 * 3600);
}

}  // namespace
}  // namespace modelgate
