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
  GpuSampler sampler([&] { return numbered(count); }, 50);
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
  GpuSampler sampler([&] { return numbered(count); }, 50, [&](const GpuSample&) { ++told; });
  const std::size_t given = sampler.take().size();
  EXPECT_GE(told, static_cast<int>(given));
}

TEST(gpu_sampler, takes_no_more_when_it_is_stopped) {
  std::atomic<int> count{0};
  GpuSampler sampler([&] { return numbered(count); }, 50);
  (void)sampler.take();
  sampler.stop();
  const int taken = count;
  const double rate = sampler.samples_per_second();
  EXPECT_TRUE(sampler.take().size() <= 1);
  EXPECT_EQ(count, taken);
  EXPECT_EQ(sampler.samples_per_second(), rate);
}

TEST(sampling_pause, grows_with_what_a_sample_costs_so_that_a_hundredth_of_a_processor_is_enough) {
  EXPECT_DOUBLE_EQ(sampling_pause(0.05, 0.0001), 0.05);
  for (const double cost : {0.001, 0.002, 0.1}) EXPECT_LT(cost / sampling_pause(0.05, cost), 0.01);
}

}  // namespace
}  // namespace modelgate
