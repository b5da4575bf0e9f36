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
  EXPECT_EQ(between.within, 0);
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

class DetectionTest : public ::testing::Test {
 protected:
  /// The share of 400 simulated comparisons of this effect in which the rule's word is as asked.
  static double share(const PairsPlan& plan, double spread, double effect, bool blocked) {
    int count = 0;
    Noise random(11);
    for (int i = 0; i < 400; ++i) {
      std::vector<double> differences(static_cast<std::size_t>(plan.looks.back()));
      for (double& difference : differences) difference = effect + spread * random.normal();
      const PairEvidence evidence =
          weigh_pairs(differences, {plan.margin, plan.alpha_pass, plan.alpha_fail, plan.looks});
      count += blocked ? evidence.p_regression <= plan.alpha_fail : evidence.upper <= plan.margin;
    }
    return count / 400.0;
  }
};

TEST_F(DetectionTest, what_it_calls_detectable_is_blocked_as_often_as_it_says) {
  for (const PairsPlan& plan :
       {PairsPlan{0.05, 0.05, 0.05, {10, 20, 40}}, PairsPlan{0.05, 0.05, 0.0005, {10}}}) {
    for (const double power : {0.8, 0.95}) {
      const double effect = detectable(plan, 0.04, power);
      EXPECT_GT(effect, plan.margin);
      EXPECT_NEAR(share(plan, 0.04, effect, true), power, 0.06) << plan.alpha_fail << " " << power;
    }
  }
}

TEST_F(DetectionTest, the_margin_it_suggests_is_passed_by_an_equal_candidate) {
  PairsPlan plan{0.01, 0.05, 0.05, {10, 20}};
  EXPECT_LT(power_to_pass(plan, 0.05), 0.5);
  plan.margin = passable_margin(plan, 0.05, 0.9);
  EXPECT_NEAR(share(plan, 0.05, 0, false), 0.9, 0.05);
  EXPECT_NEAR(power_to_pass(plan, 0.05), 0.9, 0.01);
}

TEST_F(DetectionTest, the_pairs_it_suggests_are_enough_and_not_many_times_too_many) {
  const PairsPlan plan{0.03, 0.05, 0.05, {10}};
  const std::int64_t pairs = pairs_to_pass(plan, 0.06, 0.9).value();
  EXPECT_GT(pairs, 20);
  EXPECT_LT(pairs, 80);
  EXPECT_GE(share({0.03, 0.05, 0.05, {pairs}}, 0.06, 0, false), 0.88);
}

TEST_F(DetectionTest, no_number_of_pairs_helps_against_noise_without_end) {
  EXPECT_FALSE(pairs_to_pass({0.001, 0.05, 0.05, {10}}, 1.0, 0.9));
}

}  // namespace
}  // namespace modelgate
