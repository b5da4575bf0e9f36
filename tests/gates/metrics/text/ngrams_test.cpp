#include "gates/metrics/text/ngrams.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace modelgate {
namespace {

std::int64_t matches_by_map(const Symbols& hypothesis, const std::vector<Symbols>& references,
                            std::size_t order) {
  using Counts = std::map<Symbols, std::int64_t>;
  const auto count = [order](const Symbols& text) {
    Counts counts;
    for (std::size_t i = 0; i + order <= text.size(); ++i) {
      const auto begin = text.begin() + static_cast<std::ptrdiff_t>(i);
      ++counts[Symbols(begin, begin + static_cast<std::ptrdiff_t>(order))];
    }
    return counts;
  };
  Counts allowed;
  for (const Symbols& reference : references) {
    for (const auto& [ngram, times] : count(reference)) allowed[ngram] = std::max(allowed[ngram], times);
  }
  std::int64_t result = 0;
  for (const auto& [ngram, times] : count(hypothesis)) result += std::min(times, allowed[ngram]);
  return result;
}

TEST(NgramsTest, are_matched_as_maps_of_whole_ngrams_match_them) {
  std::mt19937_64 random(20261125);
  for (int i = 0; i < 300; ++i) {
    const std::uint32_t alphabet = 1 + static_cast<std::uint32_t>(random() % 6);
    const auto text = [&] {
      Symbols symbols(random() % 60);
      for (std::uint32_t& symbol : symbols) symbol = static_cast<std::uint32_t>(random() % alphabet);
      return symbols;
    };
    const Symbols hypothesis = text();
    std::vector<Symbols> references(random() % 4);
    for (Symbols& reference : references) reference = text();
    std::vector<std::int64_t> matches(6);
    count_matches(hypothesis, references, matches);
    for (std::size_t order = 1; order <= matches.size(); ++order) {
      EXPECT_EQ(matches[order - 1], matches_by_map(hypothesis, references, order)) << "order " << order;
    }
  }
}

TEST(NgramsTest, are_clipped_by_the_reference_that_has_most) {
  // "the the the …" of Papineni et al. (2002), example 2: 2 of 7.
  std::vector<std::int64_t> matches(1);
  count_matches({0, 0, 0, 0, 0, 0, 0}, std::vector<Symbols>{{0, 1, 2, 3, 0, 4}, {5, 2, 1, 3, 0, 4}}, matches);
  EXPECT_EQ(matches[0], 2);
}

TEST(NgramsTest, are_none_where_the_text_is_too_short) {
  EXPECT_EQ(ngram_count(3, 3), 1);
  EXPECT_EQ(ngram_count(3, 4), 0);
  EXPECT_EQ(ngram_count(0, 1), 0);
}

}  // namespace
}  // namespace modelgate
