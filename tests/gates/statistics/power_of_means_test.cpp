#include "gates/statistics/power_of_means.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "gates/statistics/clustered_error.h"
#include "gates/statistics/distributions.h"
#include "gates/statistics/random.h"
#include "gates/statistics/t_interval.h"

namespace modelgate {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

// Miller 2024, arXiv:2411.00640: ω² = 1/9, a difference of 3 points, 80 % power, two-sided 5 %.
TEST(NormalNeededTest, gives_the_published_number_of_questions) {
  EXPECT_EQ(normal_needed(0.03, {.margin = 0, .spread = 1.0 / 3, .tail = 0.025}, 0.8), 969);
}

// Cohen 1988, table 2.4.1 (two samples, d = 0.5, two-sided 5 %, power 0.8: 64 each), and the same of pairs.
TEST(StudentNeededTest, gives_the_published_sample_sizes) {
  EXPECT_EQ(welch_needed(0.5, {.first_spread = 1, .second_spread = 1, .tail = 0.025}, 0.8), 64);
  EXPECT_EQ(paired_t_needed(0.5, {.spread = 1, .tail = 0.025}, 0.8), 34);
}

TEST(PowerOfMeansTest, needed_is_the_smallest_number_that_reaches_the_power) {
  for (const double effect : {0.0, 0.02, 0.045, 0.06, 0.2}) {
    for (const double power : {0.5, 0.8, 0.95}) {
      const MeanDesign design{0.05, 0.028, 0.05};
      const std::int64_t n = paired_t_needed(effect, design, power).value();
      EXPECT_GE(paired_t_power(n, effect, design), power);
      if (n > 2) {
        EXPECT_LT(paired_t_power(n - 1, effect, design), power);
      }
      const WelchDesign two{0.05, 0.028, 0.05, 0.05};
      const std::int64_t each = welch_needed(effect, two, power).value();
      EXPECT_GE(welch_power(each, effect, two), power);
      if (each > 2) {
        EXPECT_LT(welch_power(each - 1, effect, two), power);
      }
    }
  }
}

TEST(PowerOfMeansTest, detectable_is_the_effect_at_which_the_power_is_reached) {
  const MeanDesign design{0.05, 0.028, 0.05};
  for (const std::int64_t n : {2, 5, 10, 40, 1'000}) {
    const double effect = paired_t_detectable(n, design, 0.8);
    EXPECT_GT(effect, design.margin);
    EXPECT_NEAR(paired_t_power(n, effect, design), 0.8, 1e-8);
    // The same distance below the margin is proven to be within it.
    EXPECT_NEAR(paired_t_power(n, 2 * design.margin - effect, design), 0.8, 1e-8);
    EXPECT_NEAR(normal_power(n, normal_detectable(n, design, 0.8), design), 0.8, 1e-12);
  }
}

TEST(PowerOfMeansTest, the_product_reaches_its_target_at_twice_the_margin_with_ten_pairs) {
  // 2 % noise of each process: a pair's difference has √2 times that.
  EXPECT_GE(paired_t_power(10, 0.10, {0.05, 0.02 * std::sqrt(2), 0.05}), 0.95);
}

TEST(PowerOfMeansTest, agrees_with_drawing_samples_and_testing_them) {
  constexpr int trials = 20'000;
  int paired = 0, unpaired = 0;
  const auto normal = [](RandomStream& random) { return normal_quantile(random.unit() + 0x1p-54); };
  for (int trial = 0; trial < trials; ++trial) {
    RandomStream random(21, static_cast<std::uint64_t>(trial));
    std::vector<double> x(8), y(6), z(6);
    for (double& v : x) v = 0.8 + normal(random);
    for (double& v : y) v = 1.5 + normal(random);
    for (double& v : z) v = 2 * normal(random);
    paired += mean_estimate(x).p_greater(0) <= 0.05;
    unpaired += welch(y, z).p_greater(0) <= 0.05;
  }
  // Four standard errors of a share of 20,000 are 0.014.
  EXPECT_NEAR(paired / double{trials}, paired_t_power(8, 0.8, {.spread = 1}), 0.014);
  EXPECT_NEAR(unpaired / double{trials}, welch_power(6, 1.5, {0, 1, 2, 0.05}), 0.016);
}

TEST(ClusteredPowerTest, alike_values_count_as_one_and_independent_ones_as_many) {
  const double one = paired_t_power(30, 0.1, {.spread = 0.28});
  EXPECT_DOUBLE_EQ(clustered_power(30, 0.1, {.spread = 0.28, .cluster_size = 5, .correlation = 1}), one);
  const double none = paired_t_power(30, 0.1, {.spread = 0.28 / std::sqrt(5.0)});
  EXPECT_NEAR(clustered_power(30, 0.1, {.spread = 0.28, .cluster_size = 5}), none, 1e-12);
  EXPECT_DOUBLE_EQ((ClusterDesign{.cluster_size = 21, .correlation = 0.05}.design_effect()), 2);
}

TEST(ClusteredPowerTest, agrees_with_drawing_clusters_and_testing_them) {
  constexpr int trials = 4'000;
  int proven = 0;
  for (int trial = 0; trial < trials; ++trial) {
    RandomStream random(22, static_cast<std::uint64_t>(trial));
    const auto normal = [&] { return normal_quantile(random.unit() + 0x1p-54); };
    std::vector<double> values;
    std::vector<std::int64_t> cluster;
    for (int c = 0; c < 20; ++c) {
      const double shared = std::sqrt(0.4) * normal();
      for (int i = 0; i < 4; ++i) {
        values.push_back(0.4 + shared + std::sqrt(0.6) * normal());
        cluster.push_back(c);
      }
    }
    proven += clustered_mean(values, cluster).p_greater(0) <= 0.05;
  }
  EXPECT_NEAR(proven / double{trials},
              clustered_power(20, 0.4, {.spread = 1, .cluster_size = 4, .correlation = 0.4}), 0.035);
}

TEST(PowerOfMeansTest, at_the_margin_only_errors_prove_anything) {
  const MeanDesign design{0.05, 0.028, 0.05};
  EXPECT_NEAR(paired_t_power(10, 0.05, design), 0.05, 1e-9);
  EXPECT_NEAR(normal_power(10, 0.05, design), 0.05, 1e-12);
  EXPECT_FALSE(paired_t_needed(0.05, design, 0.8));
  EXPECT_FALSE(normal_needed(0.05, design, 0.8));
  EXPECT_FALSE(normal_needed(0.05 + 1e-9, design, 0.8)) << "more values than are worth naming";
}

TEST(PowerOfMeansTest, without_spread_any_effect_off_the_margin_is_proven) {
  EXPECT_EQ(paired_t_power(2, 0.06, {0.05, 0, 0.05}), 1);
  EXPECT_EQ(paired_t_needed(0.06, {0.05, 0, 0.05}, 0.8), 2);
  EXPECT_EQ(paired_t_detectable(2, {0.05, 0, 0.05}, 0.8), 0.05);
  EXPECT_EQ(normal_power(1, 0.06, {0.05, 0, 0.05}), 1);
}

TEST(PowerOfMeansTest, stands_far_effects_and_tiny_tails) {
  EXPECT_EQ(paired_t_power(5, 1e9, {.spread = 1e-9, .tail = 1e-3}), 1);
  EXPECT_EQ(paired_t_needed(1e9, {.spread = 1e-9, .tail = 1e-9}, 0.8), 2);
  EXPECT_NEAR(paired_t_power(2, paired_t_detectable(2, {.spread = 1, .tail = 1e-9}, 0.8),
                             {.spread = 1, .tail = 1e-9}),
              0.8, 1e-8);
  // The series and the integration meet at a shift of 40.
  for (const auto& [t, df] :
       {std::pair{39.0, 5.0}, std::pair{45.0, 20.0}, std::pair{40.5, 1e3}, std::pair{41.0, 1e6}}) {
    const double below = noncentral_student_upper(t, df, 39.999), at = noncentral_student_upper(t, df, 40);
    EXPECT_NEAR(noncentral_student_upper(t, df, 40.001), 2 * at - below, 1e-6) << t;
    EXPECT_NEAR(noncentral_student_upper(-t, df, -41), 1 - noncentral_student_upper(t, df, 41), 1e-12);
  }
}

TEST(PowerOfMeansTest, refuses_impossible_designs_and_nan) {
  for (const double wrong : {nan, infinity, -infinity}) {
    EXPECT_THROW(paired_t_power(5, wrong, {.spread = 1}), std::invalid_argument);
    EXPECT_THROW(paired_t_power(5, 1, {.margin = wrong, .spread = 1}), std::invalid_argument);
    EXPECT_THROW(paired_t_power(5, 1, {.spread = wrong}), std::invalid_argument);
    EXPECT_THROW(paired_t_power(5, 1, {.spread = 1, .tail = wrong}), std::invalid_argument);
    EXPECT_THROW(paired_t_needed(1, {.spread = 1}, wrong), std::invalid_argument);
    EXPECT_THROW(paired_t_detectable(5, {.spread = 1}, wrong), std::invalid_argument);
    EXPECT_THROW(normal_power(5, wrong, {.spread = 1}), std::invalid_argument);
    EXPECT_THROW(normal_needed(1, {.spread = wrong}, 0.8), std::invalid_argument);
    EXPECT_THROW(normal_detectable(5, {.spread = 1}, wrong), std::invalid_argument);
    EXPECT_THROW(welch_power(5, 1, {.first_spread = 1, .second_spread = wrong}), std::invalid_argument);
    EXPECT_THROW(clustered_power(5, 1, {.spread = 1, .cluster_size = wrong}), std::invalid_argument);
    EXPECT_THROW(clustered_power(5, 1, {.spread = 1, .correlation = wrong}), std::invalid_argument);
  }
  EXPECT_THROW(paired_t_power(1, 1, {.spread = 1}), std::invalid_argument);
  EXPECT_THROW(paired_t_power(5, 1, {.spread = -1}), std::invalid_argument);
  EXPECT_THROW(welch_power(5, 1, {.first_spread = -1}), std::invalid_argument);
  EXPECT_THROW(paired_t_needed(1, {.spread = 1}, 1), std::invalid_argument);
  EXPECT_THROW(normal_detectable(0, {.spread = 1}, 0.8), std::invalid_argument);
  EXPECT_THROW(clustered_power(5, 1, {.spread = 1, .cluster_size = 0.5}), std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
