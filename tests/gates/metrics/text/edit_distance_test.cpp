#include "gates/metrics/text/edit_distance.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace modelgate {
namespace {

/// The table that everybody knows (Wagner & Fischer 1974).
std::int64_t distance_by_table(const Symbols& first, const Symbols& second) {
  std::vector<std::int64_t> row(second.size() + 1);
  for (std::size_t j = 0; j < row.size(); ++j) row[j] = static_cast<std::int64_t>(j);
  for (std::size_t i = 0; i < first.size(); ++i) {
    std::int64_t corner = row[0]++;
    for (std::size_t j = 0; j < second.size(); ++j) {
      const std::int64_t by_corner = corner + (first[i] != second[j]);
      corner = row[j + 1];
      row[j + 1] = std::min({row[j + 1] + 1, row[j] + 1, by_corner});
    }
  }
  return row.back();
}

std::int64_t subsequence_by_table(const Symbols& first, const Symbols& second) {
  std::vector<std::int64_t> row(second.size() + 1, 0);
  for (const std::uint32_t symbol : first) {
    std::int64_t corner = 0;
    for (std::size_t j = 0; j < second.size(); ++j) {
      const std::int64_t by_corner = corner + 1;
      corner = row[j + 1];
      row[j + 1] = symbol == second[j] ? by_corner : std::max(row[j + 1], row[j]);
    }
  }
  return row.back();
}

std::size_t below(std::mt19937_64& random, std::size_t limit) { return random() % limit; }

Symbols random_text(std::mt19937_64& random, std::size_t length, std::uint32_t alphabet) {
  Symbols text(length);
  for (std::uint32_t& symbol : text) symbol = static_cast<std::uint32_t>(below(random, alphabet));
  return text;
}

Symbols edited(std::mt19937_64& random, Symbols text, std::size_t edits, std::uint32_t alphabet) {
  for (; edits > 0; --edits) {
    const auto at = static_cast<std::ptrdiff_t>(below(random, text.size() + 1));
    const auto symbol = static_cast<std::uint32_t>(below(random, alphabet));
    switch (below(random, 3)) {
      case 0:
        text.insert(text.begin() + at, symbol);
        break;
      case 1:
        if (at < static_cast<std::ptrdiff_t>(text.size())) text.erase(text.begin() + at);
        break;
      default:
        if (at < static_cast<std::ptrdiff_t>(text.size())) text[static_cast<std::size_t>(at)] = symbol;
    }
  }
  return text;
}

TEST(EditDistanceTest, is_that_of_the_plain_table_for_texts_of_any_length_and_likeness) {
  std::mt19937_64 random(20261125);
  const std::vector<std::size_t> lengths = {0, 1, 2, 5, 62, 63, 64, 65, 127, 128, 129, 300, 700};
  for (const std::size_t length : lengths) {
    for (const std::uint32_t alphabet : {1u, 2u, 4u, 1000u}) {
      for (const std::size_t edits : {std::size_t{0}, std::size_t{1}, std::size_t{7}, length / 3, length}) {
        const Symbols first = random_text(random, length, alphabet);
        const Symbols second = edited(random, first, edits, alphabet);
        const Symbols other = random_text(random, lengths[below(random, lengths.size())], alphabet);
        for (const Symbols* text : {&second, &other}) {
          EXPECT_EQ(edit_distance(first, *text), distance_by_table(first, *text))
              << length << ' ' << alphabet;
          EXPECT_EQ(common_subsequence(first, *text), subsequence_by_table(first, *text))
              << length << ' ' << alphabet;
        }
      }
    }
  }
}

TEST(EditDistanceTest, is_a_distance) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 100; ++i) {
    const Symbols a = random_text(random, below(random, 200), 3), b = edited(random, a, below(random, 50), 3),
                  c = edited(random, b, below(random, 50), 3);
    EXPECT_EQ(edit_distance(a, a), 0);
    EXPECT_EQ(edit_distance(a, b), edit_distance(b, a));
    EXPECT_LE(edit_distance(a, c), edit_distance(a, b) + edit_distance(b, c));
  }
}

TEST(EditDistanceTest, finds_texts_that_are_shifted_by_more_than_a_block) {
  Symbols first(500), second(500);
  for (std::uint32_t i = 0; i < 500; ++i) {
    first[i] = i;
    second[i] = (i + 100) % 500;
  }
  EXPECT_EQ(edit_distance(first, second), 200);
  EXPECT_EQ(common_subsequence(first, second), 400);
}

}  // namespace
}  // namespace modelgate
