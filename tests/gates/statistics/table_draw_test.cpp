#include "gates/statistics/table_draw.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <utility>
#include <vector>

#include "gates/statistics/distributions.h"

namespace modelgate {
namespace {

/// The distance of counts from a binomial distribution as a standard normal number, about: χ² over all values
/// that are expected at least five times.
double distance(const std::vector<int>& seen, std::int64_t n, double p, int draws) {
  double squares = 0, cells = 0, rest_seen = draws, rest_expected = draws;
  for (std::int64_t k = 0; k <= n; ++k) {
    const double expected = draws * binomial_equal(k, n, p);
    if (expected < 5) continue;
    const double count = static_cast<std::size_t>(k) < seen.size() ? seen[static_cast<std::size_t>(k)] : 0;
    squares += (count - expected) * (count - expected) / expected;
    rest_seen -= count;
    rest_expected -= expected;
    ++cells;
  }
  if (rest_expected > 5) squares += (rest_seen - rest_expected) * (rest_seen - rest_expected) / rest_expected;
  return (squares - cells) / std::sqrt(2 * cells);
}

TEST(TableDrawTest, binomial_numbers_are_distributed_as_such) {
  constexpr int draws = 200'000;
  const std::vector<std::pair<std::int64_t, double>> cases{
      {1, 0.3},   {7, 0.5},     {40, 0.05},    {40, 0.97},        {21, 0.49},           {100, 0.1001},
      {300, 0.5}, {5'000, 0.7}, {2'000, 0.01}, {1'000'000, 1e-5}, {4'000'000'000, 1e-8}};
  for (const auto& [n, p] : cases) {
    RandomStream random(41, static_cast<std::uint64_t>(n));
    std::vector<int> seen;
    for (int i = 0; i < draws; ++i) {
      const std::int64_t k = draw_binomial(random, n, p);
      ASSERT_GE(k, 0);
      ASSERT_LE(k, n);
      seen.resize(std::max(seen.size(), static_cast<std::size_t>(k) + 1));
      ++seen[static_cast<std::size_t>(k)];
    }
    if (n < 10'000) {
      EXPECT_LT(std::abs(distance(seen, n, p, draws)), 4) << n << " " << p;
      continue;
    }
    double mean = 0, squares = 0;
    for (std::size_t k = 0; k < seen.size(); ++k) mean += static_cast<double>(k) * seen[k] / draws;
    for (std::size_t k = 0; k < seen.size(); ++k)
      squares += (static_cast<double>(k) - mean) * (static_cast<double>(k) - mean) * seen[k] / draws;
    const double expected = static_cast<double>(n) * p;
    EXPECT_NEAR(mean, expected, 4 * std::sqrt(expected / draws)) << n;
    EXPECT_NEAR(squares / expected, 1, 0.015) << n;
  }
}

TEST(TableDrawTest, kinds_are_drawn_as_often_as_single_draws_would) {
  const std::vector<std::int64_t> multiplicity{400, 1, 0, 3, 1'000, 60, 30, 5};
  const std::int64_t units = std::accumulate(multiplicity.begin(), multiplicity.end(), std::int64_t{0});
  const TableDraw table(multiplicity);
  constexpr int draws = 50'000;
  std::vector<std::vector<int>> seen(multiplicity.size(),
                                     std::vector<int>(static_cast<std::size_t>(units) + 1));
  double together = 0;
  std::vector<std::int64_t> times(multiplicity.size());
  for (std::uint64_t r = 0; r < draws; ++r) {
    table.draw(RandomStream(5, r), times);
    ASSERT_EQ(std::accumulate(times.begin(), times.end(), std::int64_t{0}), units);
    for (std::size_t k = 0; k < times.size(); ++k) ++seen[k][static_cast<std::size_t>(times[k])];
    together += (static_cast<double>(times[0]) - 400) * (static_cast<double>(times[4]) - 1'000) / draws;
  }
  EXPECT_EQ(seen[2][0], draws);
  for (std::size_t k = 0; k < multiplicity.size(); ++k) {
    if (multiplicity[k] == 0) continue;
    const double share = static_cast<double>(multiplicity[k]) / static_cast<double>(units);
    EXPECT_LT(std::abs(distance(seen[k], units, share, draws)), 4) << k;
  }
  // The covariance is −n·p·q.
  EXPECT_NEAR(together / (-400.0 * 1'000 / static_cast<double>(units)), 1, 0.03);
}

TEST(TableDrawTest, a_table_of_one_kind_has_one_result) {
  for (const std::int64_t units : {std::int64_t{1}, std::int64_t{20}, std::int64_t{5'000'000}}) {
    const std::vector<std::int64_t> multiplicity{0, units, 0};
    std::vector<std::int64_t> times(3);
    TableDraw(multiplicity).draw(RandomStream(1, 1), times);
    EXPECT_EQ(times, multiplicity);
  }
}

TEST(TableDrawTest, refuses_impossible_tables_and_probabilities) {
  RandomStream random(1, 1);
  const std::vector<std::int64_t> none{0, 0}, negative{3, -1}, huge{std::int64_t{1} << 32}, fine{1, 2};
  std::vector<std::int64_t> one(1);
  EXPECT_THROW(TableDraw{none}, std::invalid_argument);
  EXPECT_THROW(TableDraw{negative}, std::invalid_argument);
  EXPECT_THROW(TableDraw{huge}, std::invalid_argument);
  EXPECT_THROW(TableDraw(fine).draw(random, one), std::invalid_argument);
  EXPECT_THROW(draw_binomial(random, -1, 0.5), std::invalid_argument);
  for (const double p : {-0.1, 1.1, std::nan("")})
    EXPECT_THROW(draw_binomial(random, 5, p), std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
