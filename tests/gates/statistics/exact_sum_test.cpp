#include "gates/statistics/exact_sum.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "gates/statistics/random.h"

namespace modelgate {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double largest = std::numeric_limits<double>::max();

double sum_of(const std::vector<double>& values) {
  ExactSum sum;
  sum.add(values);
  return sum.total();
}

/// Of every size, with both signs.
std::vector<double> wild(std::size_t count, std::uint64_t seed) {
  RandomStream random(seed, 0);
  std::vector<double> values;
  for (std::size_t i = 0; i < count; ++i)
    values.push_back(std::ldexp(random.unit() - 0.5, static_cast<int>(random.below(1'900)) - 1'000));
  return values;
}

void shuffle(std::vector<double>& values, std::uint64_t seed) {
  RandomStream random(seed, 1);
  for (std::size_t i = values.size(); i > 1; --i)
    std::swap(values[i - 1], values[random.below(static_cast<std::uint32_t>(i))]);
}

TEST(ExactSumTest, is_what_python_calls_fsum_to_the_last_bit) {
  std::ifstream file(MODELGATE_SOURCE_DIR "/tests/gates/statistics/reference/sums.txt");
  int cases = 0;
  for (std::string line; std::getline(file, line); ++cases) {
    std::istringstream words(line);
    std::string word;
    words >> word;
    const double expected = std::strtod(word.c_str(), nullptr);
    ExactSum one_by_one;
    std::vector<double> values;
    while (words >> word) {
      values.push_back(std::strtod(word.c_str(), nullptr));
      one_by_one.add(values.back());
    }
    EXPECT_EQ(sum_of(values), expected) << line;
    EXPECT_EQ(one_by_one.total(), expected) << line;
  }
  EXPECT_GE(cases, 170);
}

TEST(ExactSumTest, does_not_depend_on_the_order) {
  std::vector<double> values = wild(20'000, 5);
  ExactSum first;
  first.add(values);
  for (std::uint64_t seed = 0; seed < 3; ++seed) {
    shuffle(values, seed);
    ExactSum again;
    for (const double value : values) again.add(value);
    EXPECT_EQ(again.total(), first.total());
    EXPECT_EQ(again.state(), first.state());
  }
}

TEST(ExactSumTest, of_merged_parts_is_the_sum_of_all) {
  const std::vector<double> values = wild(10'000, 6);
  ExactSum whole;
  whole.add(values);
  for (const std::size_t parts : {2u, 3u, 7u, 5'000u}) {
    std::vector<ExactSum> sums(parts);
    for (std::size_t i = 0; i < values.size(); ++i) sums[i % parts].add(values[i]);
    ExactSum merged;
    for (const ExactSum& sum : sums) merged.merge(sum);
    EXPECT_EQ(merged.state(), whole.state()) << parts;
  }
  ExactSum twice = whole;
  twice.merge(twice);
  EXPECT_EQ(twice.total(), 2 * whole.total());
}

TEST(ExactSumTest, takes_back_what_was_added) {
  const std::vector<double> values = wild(5'000, 7);
  ExactSum sum;
  sum.add(0.1);
  for (const double value : values) sum.add(value);
  for (const double value : values) sum.subtract(value);
  EXPECT_EQ(sum.total(), 0.1);
}

TEST(ExactSumTest, of_many_values_of_one_size_carries_in_time) {
  for (const double value : {largest, -largest, std::numeric_limits<double>::denorm_min(), -1 / 3.0}) {
    ExactSum sum;
    for (int i = 0; i < 100'000; ++i) sum.add(value);
    for (int i = 0; i < 99'999; ++i) sum.subtract(value);
    EXPECT_EQ(sum.total(), value);
  }
}

TEST(ExactSumTest, goes_beyond_the_largest_double_and_comes_back) {
  ExactSum sum;
  for (int i = 0; i < 3; ++i) sum.add(largest);
  EXPECT_EQ(sum.total(), infinity);
  EXPECT_TRUE(sum.finite());
  for (int i = 0; i < 6; ++i) sum.subtract(largest);
  EXPECT_EQ(sum.total(), -infinity);
  for (int i = 0; i < 3; ++i) sum.add(largest);
  EXPECT_EQ(sum.total(), 0);
}

TEST(ExactSumTest, reports_what_is_not_finite_as_arithmetic_does) {
  EXPECT_EQ(sum_of({1, infinity, 2}), infinity);
  EXPECT_EQ(sum_of({1, -infinity, -infinity}), -infinity);
  EXPECT_TRUE(std::isnan(sum_of({infinity, -infinity})));
  EXPECT_TRUE(std::isnan(sum_of({1, nan, infinity})));
  ExactSum with, without;
  with.add(-infinity);
  without.add(3);
  without.merge(with);
  EXPECT_EQ(without.total(), -infinity);
  EXPECT_FALSE(without.finite());
  without.subtract(-infinity);
  EXPECT_TRUE(std::isnan(without.total()));
}

TEST(ExactSumTest, of_products_loses_no_digit) {
  ExactSum sum;
  const double third = 1 / 3.0, tiny = 1e-160;
  sum.add_product(third, third);
  sum.add_product(1e200, 1e-300);
  sum.add_product(-third, third);
  sum.add_product(1e200, -1e-300);
  EXPECT_EQ(sum.total(), 0);
  sum.add_product(0.1, 0.1);
  sum.add(-(0.1 * 0.1));
  EXPECT_EQ(sum.total(), std::fma(0.1, 0.1, -(0.1 * 0.1)));
  sum.add_product(tiny, tiny);
  EXPECT_TRUE(sum.finite());
  sum.add_product(1e200, 1e200);
  EXPECT_EQ(sum.total(), infinity);
}

TEST(ExactSumTest, goes_on_from_a_state_that_was_written_down) {
  const std::vector<double> values = wild(3'000, 8);
  ExactSum whole, half;
  whole.add(values);
  half.add(std::span(values).first(1'000));
  ExactSum rest = ExactSum::from(half.state());
  rest.add(std::span(values).subspan(1'000));
  EXPECT_EQ(rest.state(), whole.state());

  ExactSum::State state = whole.state();
  state[3] = std::int64_t{1} << 32;
  EXPECT_THROW(ExactSum::from(state), std::invalid_argument);
  state = whole.state();
  state.back() = 8;
  EXPECT_THROW(ExactSum::from(state), std::invalid_argument);
  state = whole.state();
  state[66] = std::numeric_limits<std::int64_t>::min();
  EXPECT_THROW(ExactSum::from(state), std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
