#include "schemas/documents/looks.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace modelgate {
namespace {

using Looks = std::vector<std::int64_t>;

TEST(HalvingLooks, double_and_end_with_all_pairs) {
  EXPECT_EQ(halving_looks(40), (Looks{10, 20, 40}));
  EXPECT_EQ(halving_looks(100), (Looks{13, 25, 50, 100}));
  EXPECT_EQ(halving_looks(16), (Looks{8, 16}));
  for (const std::int64_t pairs : {1, 2, 5, 10, 12, 14}) EXPECT_EQ(halving_looks(pairs), (Looks{pairs}));
  for (std::int64_t pairs = 1; pairs < 300; ++pairs) {
    const Looks looks = halving_looks(pairs);
    EXPECT_TRUE(std::is_sorted(looks.begin(), looks.end()));
    EXPECT_EQ(std::adjacent_find(looks.begin(), looks.end()), looks.end());
  }
}

}  // namespace
}  // namespace modelgate
