#include "gates/statistics/kept_draws.h"

#include <gtest/gtest.h>

#include <numeric>

#include "gates/statistics/bootstrap.h"

namespace modelgate {
namespace {

BootstrapSettings settings_with(KeptDraws* draws, std::int64_t resamples = 500) {
  BootstrapSettings settings;
  settings.resamples = resamples;
  settings.threads = 2;
  settings.draws = draws;
  return settings;
}

double weighted(std::span<const std::int64_t> counts) {
  double sum = 0;
  for (std::size_t k = 0; k < counts.size(); ++k)
    sum += static_cast<double>(k * k) * static_cast<double>(counts[k]);
  return sum;
}

TEST(KeptDrawsTest, make_no_difference_to_the_result) {
  const std::vector<std::int64_t> units = {400, 30, 1, 1, 70};
  KeptDraws kept;
  const Bootstrap without = bootstrap(units, weighted, settings_with(nullptr));
  for (int again = 0; again < 2; ++again) {
    const Bootstrap with = bootstrap(units, weighted, settings_with(&kept));
    EXPECT_EQ(with.replicates, without.replicates);
    EXPECT_EQ(with.acceleration, without.acceleration);
  }
}

TEST(KeptDrawsTest, are_of_these_units_this_seed_and_this_number_of_resamples) {
  KeptDraws kept;
  const std::vector<std::int64_t> units = {40, 30}, others = {30, 40};
  BootstrapSettings settings = settings_with(&kept);
  const auto first = kept.of(units, settings);
  EXPECT_EQ(kept.of(units, settings), first);
  EXPECT_NE(*kept.of(others, settings), *first);
  settings.seed += 1;
  EXPECT_NE(*kept.of(units, settings), *first);
  EXPECT_EQ(kept.of(units, settings_with(&kept, 200))->size(), 400u);
  for (std::size_t r = 0; r < 500; ++r) EXPECT_EQ((*first)[2 * r] + (*first)[2 * r + 1], 70u);
}

TEST(KeptDrawsTest, hold_no_more_than_their_limit) {
  KeptDraws kept(2 * 500 * sizeof(std::uint32_t));
  const std::vector<std::int64_t> two = {40, 30}, three = {40, 30, 1};
  const auto first = kept.of(two, settings_with(&kept));
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(kept.of(three, settings_with(&kept)), nullptr) << "they are drawn one by one";
  const std::vector<std::int64_t> other = {41, 30};
  EXPECT_NE(kept.of(other, settings_with(&kept)), nullptr);
  EXPECT_NE(kept.of(two, settings_with(&kept)), first) << "the oldest made room";
  EXPECT_EQ(bootstrap(three, weighted, settings_with(&kept)).replicates,
            bootstrap(three, weighted, settings_with(nullptr)).replicates);
}

}  // namespace
}  // namespace modelgate
