#include "schemas/rows/row_key.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace modelgate {
namespace {

TEST(RowKey, of_a_number_is_itself) {
  EXPECT_EQ(key_of_id("0"), 0u);
  EXPECT_EQ(key_of_id("7"), 7u);
  EXPECT_EQ(key_of_id("999999999999999999"), 999999999999999999u);
}

TEST(RowKey, of_any_other_text_is_marked) {
  for (const char* id : {"", "007", "-7", "1000000000000000000", "a", "7 ", "७"})
    EXPECT_GE(key_of_id(id), std::uint64_t{1} << 63) << id;
}

TEST(RowKey, is_the_same_on_every_machine) {
  // Partial results of several machines are joined by it.
  EXPECT_EQ(key_of_id("refund-1"), key_of_id(std::string("refund") + "-1"));
  EXPECT_EQ(key_of_id("abc") & ~(std::uint64_t{1} << 63), 0x78af5f94892f3950u & ~(std::uint64_t{1} << 63))
      << "XXH3 of 'abc', as its specification has it";
}

TEST(RowKey, tells_samples_and_clusters_apart) {
  std::set<std::uint64_t> keys;
  for (std::uint64_t id = 0; id < 100; ++id) {
    keys.insert(id);
    keys.insert(own_cluster(id));
    for (std::int64_t sample = -2; sample < 10; ++sample) keys.insert(key_of_sample(id, sample));
  }
  EXPECT_EQ(keys.size(), 1400u);
}

}  // namespace
}  // namespace modelgate
