#include "gates/statistics/value_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

#include "gates/statistics/random.h"
#include "gates/statistics/resample_counts.h"

namespace modelgate {
namespace {

enum class Kind { wild, tied, nearly_tied, nearly_equal, one_far_off, many_zeros };

std::vector<double> values_of(std::size_t count, Kind kind) {
  RandomStream random(3, count);
  std::vector<double> values;
  for (std::size_t i = 0; i < count; ++i) {
    const double wild = std::ldexp(random.unit() - 0.5, static_cast<int>(random.below(200)) - 100);
    switch (kind) {
      case Kind::wild:
        values.push_back(wild);
        break;
      case Kind::tied:
        values.push_back(std::round(wild * 4));
        break;
      case Kind::nearly_tied:
        values.push_back(1 + random.below(64) + random.below(4) * 0x1p-46);
        break;
      case Kind::nearly_equal:
        values.push_back(1 + random.below(1'000) * 0x1p-52);
        break;
      // All others then have one and the same 32 bits.
      case Kind::one_far_off:
        values.push_back(i == 0 ? -1e300 : 1 + random.unit() * 1e-8);
        break;
      case Kind::many_zeros:
        values.push_back(random.below(3) == 0 ? 0 : random.unit());
        break;
    }
  }
  return values;
}

std::vector<std::uint32_t> rows_by_comparison(const std::vector<double>& values) {
  std::vector<std::uint32_t> rows(values.size());
  std::iota(rows.begin(), rows.end(), 0u);
  std::stable_sort(rows.begin(), rows.end(), [&](auto a, auto b) { return values[a] < values[b]; });
  return rows;
}

TEST(ValueOrderTest, is_that_of_a_stable_sort_for_any_size_and_number_of_threads) {
  for (const std::size_t count : {0u, 1u, 2u, 299u, 300u, 5'000u, 200'000u}) {
    for (const Kind kind : {Kind::wild, Kind::tied, Kind::nearly_tied, Kind::nearly_equal, Kind::one_far_off,
                            Kind::many_zeros}) {
      const std::vector<double> values = values_of(count, kind);
      const std::vector<std::uint32_t> expected = rows_by_comparison(values);
      for (const int threads : {1, 2, 3, 0}) {
        const std::vector<PlacedRow> order = rising_order(values, {}, threads);
        ASSERT_EQ(order.size(), count);
        for (std::size_t i = 0; i < count; ++i) {
          ASSERT_EQ(order[i].row, expected[i]) << count;
          const bool new_group = i > 0 && values[expected[i]] != values[expected[i - 1]];
          ASSERT_EQ(order[i].group, i == 0 ? 0 : order[i - 1].group + new_group);
        }
      }
    }
  }
}

TEST(ValueOrderTest, carries_marks_along) {
  std::vector<std::uint8_t> marks;
  const std::vector<double> values = values_of(1'000, Kind::tied);
  for (const double value : values) marks.push_back(value > 0);
  for (const PlacedRow& row : rising_order(values, marks)) EXPECT_EQ(row.mark, values[row.row] > 0);
}

TEST(ValueOrderTest, puts_the_extremes_at_the_ends_and_takes_both_zeros_for_one) {
  const double most = std::numeric_limits<double>::max(), least = std::numeric_limits<double>::denorm_min();
  const std::vector<double> values{0.0, most, -least, -0.0, -most, least};
  std::vector<std::uint32_t> rows;
  const auto order = rising_order(values);
  for (const PlacedRow& row : order) rows.push_back(row.row);
  EXPECT_EQ(rows, (std::vector<std::uint32_t>{4, 2, 0, 3, 5, 1}));
  EXPECT_EQ(order[2].group, order[3].group);
}

TEST(ValueOrderTest, refuses_what_has_no_place) {
  const std::vector<double> values{1, std::numeric_limits<double>::quiet_NaN()}, fine{1, 2};
  const std::vector<std::uint8_t> one{1};
  EXPECT_THROW(rising_order(values), std::invalid_argument);
  EXPECT_THROW(rising_order(fine, one), std::invalid_argument);
  EXPECT_THROW(rising_order(fine, {}, -1), std::invalid_argument);
}

TEST(ResampleCountsTest, draws_what_one_draw_after_the_other_would) {
  for (const std::uint32_t size : {1u, 2u, 3u, 10u, 777u, 100'001u}) {
    for (std::uint64_t stream = 0; stream < 5; ++stream) {
      std::vector<std::uint32_t> expected(size), times(size, 99);
      RandomStream random(17, stream);
      for (std::uint32_t i = 0; i < size; ++i) ++expected[random.below(size)];
      draw_counts(RandomStream(17, stream), times);
      EXPECT_EQ(times, expected) << size;
    }
  }
}

}  // namespace
}  // namespace modelgate
