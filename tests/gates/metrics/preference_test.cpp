#include "gates/metrics/preference.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "gates/statistics/clustered_error.h"
#include "gates/statistics/random.h"

namespace modelgate {
namespace {

struct Judgements {
  std::vector<double> first, second;
  std::vector<std::int64_t> cluster;
};

Judgements judgements(std::size_t prompts, std::uint64_t seed) {
  RandomStream random(seed, prompts);
  Judgements result;
  for (std::size_t i = 0; i < prompts; ++i) {
    result.first.push_back(random.below(3) / 2.0);
    result.second.push_back(random.below(3) / 2.0);
    result.cluster.push_back(random.below(25));
  }
  return result;
}

// s = 1, ½ (a flip), ¼ and ½ (two ties): mean 9/16.
TEST(PreferenceTest, is_right_by_hand) {
  const PreferenceEstimate e = preference(std::vector{1.0, 1.0, 0.0, 0.5}, std::vector{1.0, 0.0, 0.5, 0.5});
  EXPECT_EQ(e.win_rate(), 0.5625);
  EXPECT_EQ(e.flip_rate(), 0.25);
  EXPECT_EQ(e.agreed_wins, 1);
  EXPECT_EQ(e.agreed_losses, 0);
  EXPECT_DOUBLE_EQ(e.advantage.standard_error,
                   std::sqrt((0.4375 * 0.4375 + 2 * 0.0625 * 0.0625 + 0.3125 * 0.3125) / 3 / 4));
}

TEST(PreferenceTest, a_judge_that_goes_by_place_alone_says_nothing) {
  const std::vector<double> first(50, 1.0), second(50, 0.0);
  const PreferenceEstimate e = preference(first, second);
  EXPECT_EQ(e.win_rate(), 0.5);
  EXPECT_EQ(e.flip_rate(), 1);
  EXPECT_TRUE(e.advantage.degenerate());
}

TEST(PreferenceTest, respects_clusters) {
  const Judgements j = judgements(300, 1);
  std::vector<double> s;
  for (std::size_t i = 0; i < 300; ++i) s.push_back((j.first[i] + j.second[i]) / 2 - 0.5);
  const StudentEstimate a = preference(j.first, j.second, j.cluster).advantage,
                        b = clustered_mean(s, j.cluster);
  EXPECT_DOUBLE_EQ(a.estimate, b.estimate);
  EXPECT_NEAR(a.standard_error / b.standard_error, 1, 1e-12);
  EXPECT_EQ(a.degrees_of_freedom, b.degrees_of_freedom);
}

TEST(PreferenceTest, the_order_of_prompts_changes_no_bit_and_exchanged_models_mirror) {
  Judgements j = judgements(200, 2), other = j;
  for (double& s : other.first) s = 1 - s;
  for (double& s : other.second) s = 1 - s;
  const PreferenceEstimate a = preference(j.first, j.second, j.cluster);
  const PreferenceEstimate mirrored = preference(other.second, other.first, j.cluster);
  EXPECT_EQ(mirrored.advantage.estimate, -a.advantage.estimate);
  EXPECT_EQ(mirrored.advantage.standard_error, a.advantage.standard_error);
  EXPECT_EQ(mirrored.flips, a.flips);
  EXPECT_EQ(mirrored.agreed_wins, a.agreed_losses);
  std::reverse(j.first.begin(), j.first.end());
  std::reverse(j.second.begin(), j.second.end());
  std::reverse(j.cluster.begin(), j.cluster.end());
  const PreferenceEstimate b = preference(j.first, j.second, j.cluster);
  EXPECT_EQ(a.advantage.estimate, b.advantage.estimate);
  EXPECT_EQ(a.advantage.standard_error, b.advantage.standard_error);
}

TEST(PreferenceTest, refuses_other_judgements_and_too_few) {
  const std::vector<double> two{1, 0}, one{1}, other{1, 0.7}, nan{1, std::nan("")};
  const std::vector<std::int64_t> together{3, 3}, single{1};
  EXPECT_THROW(preference(two, other), std::invalid_argument);
  EXPECT_THROW(preference(nan, two), std::invalid_argument);
  EXPECT_THROW(preference(two, one), std::invalid_argument);
  EXPECT_THROW(preference(one, one), std::invalid_argument);
  EXPECT_THROW(preference({}, {}), std::invalid_argument);
  EXPECT_THROW(preference(two, two, together), std::invalid_argument);
  EXPECT_THROW(preference(two, two, single), std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
