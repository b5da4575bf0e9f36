#include "gates/calibration/noise.h"

#include <gtest/gtest.h>

#include <cmath>

#include "gates/performance/pair_rule.h"
#include "tests/gates/performance/samples.h"

namespace modelgate {
namespace {

/// A run of one subject against itself: `pairs` pairs of processes of five values, in ABBA order.
struct TwinRun {
  SampleSeries baseline, candidate;
};

struct MadeUpNoise {
  double between = 0, within = 0, drift = 0;  ///< Standard deviations of logarithms; drift over a whole run.
};

TwinRun twin_run(std::int64_t pairs, const MadeUpNoise& noise, Noise& random) {
  TwinRun run{series_of({}), series_of({})};
  std::int64_t position = 0;
  const double slope = noise.drift * std::sqrt(12);
  for (std::int64_t pair = 0; pair < pairs; ++pair)
    for (int side = 0; side < 2; ++side) {
      const double share = static_cast<double>(position) / static_cast<double>(2 * pairs) - 0.5;
      const double level = slope * share + noise.between * random.normal();
      ProcessSamples process{pair, position++, {}};
      for (int i = 0; i < 5; ++i)
        process.values.push_back(1e-3 * std::exp(level + noise.within * random.normal()));
      ((side + pair) % 2 == 0 ? run.baseline : run.candidate).processes.push_back(process);
    }
  return run;
}

NoiseComponents measured(const MadeUpNoise& noise) {
  Noise random(7);
  std::vector<TwinRun> runs;
  for (int i = 0; i < 20; ++i) runs.push_back(twin_run(40, noise, random));
  std::vector<TwinSeries> series;
  for (const TwinRun& run : runs) series.push_back({&run.baseline, &run.candidate});
  return noise_of(series).value();
}

TEST(NoiseTest, tells_processes_iterations_and_drift_apart) {
  const NoiseComponents noise = measured({0.04, 0.03, 0.05});
  EXPECT_NEAR(noise.between, 4, 0.3);
  EXPECT_NEAR(noise.within, 3, 0.2);
  EXPECT_NEAR(noise.drift, 5, 0.5);
}

TEST(NoiseTest, sees_only_what_is_there) {
  const NoiseComponents between = measured({0.04, 0, 0});
  EXPECT_NEAR(between.between, 4, 0.2);
  EXPECT_NEAR(between.within, 0, 1e-9);
  EXPECT_LT(between.drift, 0.8);
  const NoiseComponents within = measured({0, 0.05, 0});
  EXPECT_NEAR(within.within, 5, 0.2);
  EXPECT_LT(within.between, 1);
}

TEST(NoiseTest, the_spread_of_pairs_leaves_drift_out) {
  EXPECT_NEAR(measured({0.04, 0, 0.3}).pair, 4 * std::sqrt(2), 0.6);
}

TEST(NoiseTest, two_pairs_at_least) {
  Noise random(1);
  const TwinRun one = twin_run(1, {0.04, 0.01, 0}, random);
  EXPECT_FALSE(noise_of({{&one.baseline, &one.candidate}}));
  EXPECT_FALSE(noise_of({}));
}

class LikePairsTest : public ::testing::Test {
 protected:
  static constexpr double spread = 0.04;

  static std::vector<double> noisy(std::size_t count, double effect, std::uint64_t seed) {
    Noise random(seed);
    std::vector<double> differences(count);
    for (double& difference : differences) difference = effect + spread * random.normal();
    return differences;
  }

  /// The share of 400 comparisons of this effect, with noise of its own, in which the rule's word is as
  /// asked.
  static double share(const PairsPlan& plan, double effect, bool blocked) {
    int count = 0;
    for (std::uint64_t i = 0; i < 400; ++i) {
      const PairEvidence evidence =
          weigh_pairs(noisy(static_cast<std::size_t>(plan.looks.back()), effect, 1000 + i),
                      {plan.margin, plan.alpha_pass, plan.alpha_fail, plan.looks});
      count += blocked ? evidence.p_regression <= plan.alpha_fail : evidence.upper <= plan.margin;
    }
    return count / 400.0;
  }

  const LikePairs pairs_{noisy(600, 0, 7)};
};

TEST_F(LikePairsTest, what_it_calls_detectable_is_blocked_as_often_as_it_says) {
  for (const PairsPlan& plan :
       {PairsPlan{0.05, 0.05, 0.05, {10, 20, 40}}, PairsPlan{0.05, 0.05, 0.0005, {10}}})
    for (const double power : {0.8, 0.95}) {
      const double effect = pairs_.detectable(plan, power);
      EXPECT_GT(effect, plan.margin);
      EXPECT_NEAR(share(plan, effect, true), power, 0.08) << plan.alpha_fail << " " << power;
    }
}

TEST_F(LikePairsTest, the_margin_it_suggests_is_passed_by_an_equal_candidate) {
  PairsPlan plan{0.005, 0.05, 0.05, {10, 20}};
  EXPECT_LT(pairs_.power_to_pass(plan), 0.5);
  plan.margin = pairs_.passable_margin(plan, 0.9);
  EXPECT_NEAR(share(plan, 0, false), 0.9, 0.06);
  EXPECT_NEAR(pairs_.power_to_pass(plan), 0.9, 0.02);
}

TEST_F(LikePairsTest, the_pairs_it_suggests_are_enough_and_not_many_times_too_many) {
  const PairsPlan plan{0.02, 0.05, 0.05, {10}};
  const std::int64_t pairs = pairs_.pairs_to_pass(plan, 0.9).value();
  EXPECT_GT(pairs, 20);
  EXPECT_LT(pairs, 100);
  EXPECT_GE(share({0.02, 0.05, 0.05, {pairs}}, 0, false), 0.85);
}

TEST_F(LikePairsTest, nothing_helps_against_noise_without_end) {
  std::vector<double> differences = noisy(600, 0, 7);
  for (double& difference : differences) difference *= 200;
  const LikePairs wild(differences);
  EXPECT_FALSE(wild.pairs_to_pass({0.001, 0.05, 0.05, {10}}, 0.9));
  EXPECT_EQ(wild.detectable({0.001, 0.05, 0.05, {10}}, 0.8), INFINITY);
  EXPECT_EQ(pairs_.passable_margin({0.05, 0.05, 0.05, {3}}, 0.9), INFINITY) << "three pairs prove nothing";
}

TEST_F(LikePairsTest, bursts_that_were_measured_count) {
  std::vector<double> with_bursts = noisy(600, 0, 7);
  for (std::size_t i = 0; i < with_bursts.size(); i += 4) with_bursts[i] *= 20;
  const PairsPlan plan{0.05, 0.05, 0.05, {10}};
  EXPECT_GT(LikePairs(with_bursts).detectable(plan, 0.8), 1.3 * pairs_.detectable(plan, 0.8));
}

}  // namespace
}  // namespace modelgate
