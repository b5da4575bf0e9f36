#include "runners/pairs/pair_order.h"

#include <gtest/gtest.h>

#include <vector>

namespace modelgate {
namespace {

std::vector<std::size_t> order_of(std::uint64_t seed, int pairs) {
  PairOrder order(seed);
  std::vector<std::size_t> first;
  for (int pair = 0; pair < pairs; ++pair) first.push_back(order.first_of_next());
  return first;
}

TEST(PairOrder, tosses_a_coin_for_every_pair_that_no_other_pair_foretells) {
  constexpr int seeds = 4000, pairs = 6;
  for (std::size_t a = 0; a < pairs; ++a) {
    int first = 0;
    std::vector<int> like(pairs);
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
      const std::vector<std::size_t> order = order_of(seed, pairs);
      ASSERT_LE(order[a], 1u);
      first += order[a] == 0;
      for (std::size_t b = 0; b < pairs; ++b) like[b] += order[a] == order[b];
    }
    // Five standard deviations of a fair coin.
    EXPECT_NEAR(first, seeds / 2, 158) << "pair " << a;
    for (std::size_t b = 0; b < pairs; ++b) {
      if (b == a) continue;
      EXPECT_NEAR(like[b], seeds / 2, 158) << "pairs " << a << " and " << b;
    }
  }
}

TEST(PairOrder, repeats_with_the_seed) { EXPECT_EQ(order_of(7, 50), order_of(7, 50)); }

}  // namespace
}  // namespace modelgate
