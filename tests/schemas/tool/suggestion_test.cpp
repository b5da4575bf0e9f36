#include "schemas/tool/suggestion.h"

#include <gtest/gtest.h>

using namespace modelgate;

namespace {

const std::vector<std::string> words = {"shards", "filter", "program", "environment"};

TEST(Suggestion, finds_a_word_with_a_letter_swapped_missing_or_too_many) {
  EXPECT_EQ(nearest("shard", words), "shards");
  EXPECT_EQ(nearest("shrads", words), "shards");
  EXPECT_EQ(nearest("filtter", words), "filter");
  EXPECT_EQ(nearest("enviroment", words), "environment");
}

TEST(Suggestion, is_silent_when_nothing_is_near) {
  EXPECT_EQ(nearest("banana", words), "");
  EXPECT_EQ(nearest("x", words), "");
  EXPECT_EQ(nearest("", words), "");
  EXPECT_EQ(nearest(std::string(100000, 's'), words), "");
  EXPECT_EQ(did_you_mean("banana", words), "");
}

TEST(Suggestion, takes_the_nearest_of_several) {
  EXPECT_EQ(nearest("min", {"max", "mean", "minn"}), "minn");
  EXPECT_EQ(did_you_mean("shard", words), "Did you mean 'shards'?");
}

}  // namespace
