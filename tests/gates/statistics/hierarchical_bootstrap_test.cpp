#include "gates/statistics/hierarchical_bootstrap.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "gates/statistics/descriptive.h"
#include "gates/statistics/distributions.h"
#include "gates/statistics/random.h"

namespace modelgate {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

const ProcessSummary median_of = [](std::span<const double> values) { return median(values); };
const ProcessSummary mean_of = [](std::span<const double> values) { return mean(values); };

double normal(RandomStream& random) { return normal_quantile(random.unit() + 0x1p-54); }

struct Pairs {
  std::vector<ProcessValues> first, second;
};

/// Each pair shares the luck of its moment, each process has its own, and iterations scatter within it.
Pairs measured(std::uint64_t stream, int pairs, int iterations, double effect) {
  RandomStream random(61, stream);
  Pairs result;
  for (int p = 0; p < pairs; ++p) {
    const double shared = 3 * normal(random);
    for (auto* side : {&result.first, &result.second}) {
      const double process = shared + normal(random) + (side == &result.first ? effect : 0);
      ProcessValues values;
      for (int i = 0; i < iterations; ++i) values.push_back(process + 0.5 * normal(random));
      side->push_back(values);
    }
  }
  return result;
}

Bootstrap paired(const Pairs& data, const BootstrapSettings& settings = {}) {
  return hierarchical_bootstrap(data.first, data.second, ProcessPairing::paired, median_of, settings);
}

double spread(const Bootstrap& result) { return std::sqrt(variance(result.replicates)); }

TEST(HierarchicalBootstrapTest, gives_the_same_bits_on_any_number_of_threads) {
  const Pairs data = measured(0, 12, 9, 0.5);
  const Bootstrap one = paired(data, {.resamples = 10'000, .threads = 1});
  const Bootstrap three = paired(data, {.resamples = 10'000, .threads = 3});
  EXPECT_EQ(one.replicates.size(), 10'000u);
  EXPECT_EQ(one.replicates, three.replicates);
  EXPECT_EQ(one.replicates, paired(data).replicates);
  EXPECT_EQ(one.bounds(0.05).upper, three.bounds(0.05).upper);
  EXPECT_NE(one.replicates, paired(data, {.seed = 8}).replicates);
}

// A pair's difference has the variance 2 (two processes of 1 each) and 2·¼/iterations within, the latter
// twice.
TEST(HierarchicalBootstrapTest, spreads_as_theory_says_whatever_the_number_of_iterations) {
  for (const int iterations : {1, 5, 50}) {
    const Pairs data = measured(1, 400, iterations, 0);
    const Bootstrap result = hierarchical_bootstrap(data.first, data.second, ProcessPairing::paired, mean_of,
                                                    {.resamples = 2'000});
    const double within = 0.5 / iterations * (iterations == 1 ? 1 : 1 + (iterations - 1.0) / iterations);
    EXPECT_NEAR(spread(result) / std::sqrt((2 + within) / 400), 1, 0.1) << iterations;
  }
}

TEST(HierarchicalBootstrapTest, iterations_cannot_stand_in_for_processes) {
  const Pairs few = measured(2, 20, 10, 0), many = measured(2, 20, 200, 0);
  EXPECT_GT(spread(paired(many, {.resamples = 1'000})), 0.6 * spread(paired(few, {.resamples = 1'000})));
}

TEST(HierarchicalBootstrapTest, pairing_cancels_what_pairs_share) {
  const Pairs data = measured(3, 40, 5, 0);
  const Bootstrap apart = hierarchical_bootstrap(data.first, data.second, ProcessPairing::unpaired, median_of,
                                                 {.resamples = 2'000});
  EXPECT_GT(spread(apart), 2 * spread(paired(data, {.resamples = 2'000})));
  EXPECT_NEAR(apart.estimate, paired(data).estimate, 1e-12);
}

TEST(HierarchicalBootstrapTest, covers_the_effect_about_as_often_as_promised) {
  constexpr int trials = 400;
  int below = 0, above = 0;
  for (int trial = 0; trial < trials; ++trial) {
    const Pairs data = measured(100 + static_cast<std::uint64_t>(trial), 20, 3, 0.5);
    const Interval bounds = paired(data, {.resamples = 500}).bounds(0.05);
    below += bounds.upper < 0.5;
    above += bounds.lower > 0.5;
  }
  // 5 % of 400 are 20; 34 would be three standard errors more.
  EXPECT_LE(below, 34);
  EXPECT_LE(above, 34);
  EXPECT_GE(below + above, 15);
}

TEST(HierarchicalBootstrapTest, mirrors_when_the_sides_are_exchanged) {
  const Pairs data = measured(4, 25, 4, 0.7);
  const Bootstrap a = paired(data), b = paired({data.second, data.first});
  EXPECT_NEAR(a.estimate, -b.estimate, 1e-12);
  // Other iterations are drawn, so that the replicates are not the very same.
  EXPECT_NEAR(a.bounds(0.05).lower, -b.bounds(0.05).upper, 0.06);
  EXPECT_NEAR(a.p_greater(0.3), b.p_less(-0.3), 0.02);
}

TEST(HierarchicalBootstrapTest, knows_no_scale) {
  Pairs data = measured(5, 15, 4, 0.7);
  const Interval before = paired(data).bounds(0.05);
  for (auto* side : {&data.first, &data.second}) {
    for (auto& process : *side) {
      for (double& value : process) value = 100 + 8 * value;
    }
  }
  EXPECT_NEAR(paired(data).bounds(0.05).lower, 8 * before.lower, 1e-9);
  EXPECT_NEAR(paired(data).bounds(0.05).upper, 8 * before.upper, 1e-9);
}

TEST(HierarchicalBootstrapTest, says_so_when_nothing_varies_and_proves_nothing_by_it) {
  const std::vector<ProcessValues> ones(5, {1, 1}), twos(5, {2, 2});
  const Bootstrap result = hierarchical_bootstrap(twos, ones, ProcessPairing::unpaired, median_of);
  EXPECT_TRUE(result.degenerate());
  EXPECT_EQ(result.estimate, 1);
  EXPECT_EQ(result.p_greater(0), 1);
}

TEST(HierarchicalBootstrapTest, refuses_missing_processes_empty_ones_and_nan) {
  const std::vector<ProcessValues> two{{1, 2}, {3}}, three{{1}, {2}, {3}}, one{{1, 2}}, empty{{1}, {}},
      bad{{1}, {nan}};
  const auto run = [](const auto& first, const auto& second, ProcessPairing pairing) {
    return hierarchical_bootstrap(first, second, pairing, median_of, {.resamples = 100});
  };
  EXPECT_NO_THROW(run(two, three, ProcessPairing::unpaired));
  EXPECT_THROW(run(two, three, ProcessPairing::paired), std::invalid_argument);
  for (const auto& wrong : {one, empty, bad, std::vector<ProcessValues>{}}) {
    EXPECT_THROW(run(two, wrong, ProcessPairing::unpaired), std::invalid_argument);
    EXPECT_THROW(run(wrong, two, ProcessPairing::unpaired), std::invalid_argument);
  }
  EXPECT_THROW(hierarchical_bootstrap(two, two, ProcessPairing::paired, median_of, {.resamples = 10}),
               std::invalid_argument);
  EXPECT_THROW(hierarchical_bootstrap(two, two, ProcessPairing::paired, median_of, {.threads = -1}),
               std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
