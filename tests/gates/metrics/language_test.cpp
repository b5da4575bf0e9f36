#include "gates/metrics/language.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "gates/statistics/clustered_error.h"
#include "gates/statistics/random.h"

namespace modelgate {
namespace {

struct Documents {
  std::vector<double> first, second;
  std::vector<std::int64_t> tokens, cluster;
};

Documents documents(std::size_t count, double worse, std::uint64_t seed) {
  RandomStream random(seed, count);
  Documents result;
  for (std::size_t i = 0; i < count; ++i) {
    result.tokens.push_back(20 + random.below(300));
    result.cluster.push_back(random.below(40));
    const auto size = static_cast<double>(result.tokens.back());
    result.second.push_back(size * (1.5 + random.unit()));
    result.first.push_back(result.second.back() + size * (worse + 0.1 * (random.unit() - 0.5)));
  }
  return result;
}

TEST(LanguageTest, is_right_by_hand) {
  EXPECT_DOUBLE_EQ(perplexity(10 * std::log(7.0), 10), 7);
  EXPECT_DOUBLE_EQ(bits_per_byte(4 * std::log(2.0), 2), 2);
  EXPECT_EQ(perplexity(1e6, 1), std::numeric_limits<double>::infinity());
  // d = 3 and 1 of 1 and 3 tokens: Δ = 1, residuals 2 and −2, SE² = 2·8/16.
  const StudentEstimate e =
      nll_difference(std::vector{5.0, 2.0}, std::vector{2.0, 1.0}, std::vector<std::int64_t>{1, 3});
  EXPECT_EQ(e.estimate, 1);
  EXPECT_EQ(e.standard_error, 1);
  EXPECT_EQ(e.degrees_of_freedom, 1);
}

TEST(LanguageTest, of_documents_of_equal_length_is_the_mean) {
  const Documents d = documents(200, 0, 1);
  const std::vector<std::int64_t> ones(200, 1);
  const StudentEstimate ratio = ratio_of_sums(d.first, ones), mean = mean_estimate(d.first);
  EXPECT_DOUBLE_EQ(ratio.estimate, mean.estimate);
  EXPECT_NEAR(ratio.standard_error / mean.standard_error, 1, 1e-12);
  EXPECT_EQ(ratio.degrees_of_freedom, mean.degrees_of_freedom);
  const StudentEstimate clusters = ratio_of_sums(d.first, ones, d.cluster),
                        clustered = clustered_mean(d.first, d.cluster);
  EXPECT_NEAR(clusters.standard_error / clustered.standard_error, 1, 1e-12);
  EXPECT_EQ(clusters.degrees_of_freedom, clustered.degrees_of_freedom);
}

TEST(LanguageTest, the_order_of_documents_changes_no_bit_and_exchanged_models_mirror) {
  Documents d = documents(500, 0.01, 2);
  const StudentEstimate a = nll_difference(d.first, d.second, d.tokens, d.cluster);
  const StudentEstimate turned = nll_difference(d.second, d.first, d.tokens, d.cluster);
  EXPECT_EQ(turned.estimate, -a.estimate);
  EXPECT_EQ(turned.standard_error, a.standard_error);
  std::reverse(d.first.begin(), d.first.end());
  std::reverse(d.second.begin(), d.second.end());
  std::reverse(d.tokens.begin(), d.tokens.end());
  std::reverse(d.cluster.begin(), d.cluster.end());
  const StudentEstimate b = nll_difference(d.first, d.second, d.tokens, d.cluster);
  EXPECT_EQ(a.estimate, b.estimate);
  EXPECT_EQ(a.standard_error, b.standard_error);
}

TEST(LanguageTest, bounds_cover_the_difference_about_as_often_as_promised) {
  int missed_below = 0, missed_above = 0;
  for (std::uint64_t trial = 0; trial < 1'000; ++trial) {
    const Documents d = documents(60, 0.02, 100 + trial);
    const Interval bounds = nll_difference(d.first, d.second, d.tokens).bounds(0.05);
    missed_below += bounds.lower > 0.02;
    missed_above += bounds.upper < 0.02;
  }
  // 50 are promised; ±4 standard errors of that number.
  EXPECT_NEAR(missed_below, 50, 28);
  EXPECT_NEAR(missed_above, 50, 28);
}

TEST(LanguageTest, refuses_what_has_no_answer) {
  const std::vector<double> two{1, 2}, one{1}, nan{1, std::nan("")};
  const std::vector<std::int64_t> sizes{1, 2}, none{0, 0}, negative{3, -1}, together{5, 5}, single{1};
  EXPECT_THROW(perplexity(1, 0), std::invalid_argument);
  EXPECT_THROW(perplexity(std::nan(""), 1), std::invalid_argument);
  EXPECT_THROW(bits_per_byte(1, -1), std::invalid_argument);
  EXPECT_THROW(nll_difference(two, one, sizes), std::invalid_argument);
  EXPECT_THROW(nll_difference(two, nan, sizes), std::invalid_argument);
  EXPECT_THROW(ratio_of_sums(one, single), std::invalid_argument);
  EXPECT_THROW(ratio_of_sums(two, single), std::invalid_argument);
  EXPECT_THROW(ratio_of_sums(two, none), std::invalid_argument);
  EXPECT_THROW(ratio_of_sums(two, negative), std::invalid_argument);
  EXPECT_THROW(ratio_of_sums(two, sizes, together), std::invalid_argument);
  EXPECT_THROW(ratio_of_sums(two, sizes, single), std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
