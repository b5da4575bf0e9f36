#include "featurizer/featurizer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace intents {
namespace {

std::size_t shared(const std::string& one, const std::string& other) {
  const auto a = features_of(one), b = features_of(other);
  const std::set<std::int32_t> in_a(a.begin(), a.end()), in_b(b.begin(), b.end());
  return static_cast<std::size_t>(
      std::count_if(in_a.begin(), in_a.end(), [&](std::int32_t feature) { return in_b.contains(feature); }));
}

TEST(Featurizer, gives_a_word_its_parts) {
  // The word and its four parts: ␂ca, car, ard, rd␃.
  EXPECT_EQ(features_of("card").size(), 5u);
}

TEST(Featurizer, gives_neighbours_a_pair) {
  // Two words, a pair, and two parts of each word.
  EXPECT_EQ(features_of("is it").size(), 7u);
}

TEST(Featurizer, reads_chinese_by_characters) {
  // Four characters, three pairs, two triples.
  EXPECT_EQ(features_of("取消订单").size(), 9u);
}

TEST(Featurizer, stays_within_its_buckets) {
  for (const std::int32_t feature : features_of("Wo ist meine Bestellung? 订单到哪里了 ¿Dónde está?")) {
    EXPECT_GE(feature, 1);
    EXPECT_LT(feature, feature_buckets);
  }
}

TEST(Featurizer, ignores_case_and_punctuation) {
  EXPECT_EQ(features_of("WHERE is... my Order?!"), features_of("where is my order"));
  EXPECT_EQ(features_of("ÜBER"), features_of("über"));
}

TEST(Featurizer, takes_one_order_number_for_another) {
  EXPECT_EQ(features_of("order 48213"), features_of("order 10077"));
}

TEST(Featurizer, heeds_the_order_of_words) { EXPECT_NE(features_of("not now"), features_of("now not")); }

TEST(Featurizer, a_typo_keeps_most_parts_of_a_word) {
  EXPECT_GE(shared("cancellation", "cancelation"), 8u);
  EXPECT_LE(shared("cancellation", "invoice"), 1u);
}

TEST(Featurizer, finds_nothing_where_no_word_is) {
  EXPECT_TRUE(features_of("").empty());
  EXPECT_TRUE(features_of(" ?! 😀 。").empty());
}

TEST(Featurizer, survives_bytes_that_are_no_utf8) {
  EXPECT_EQ(features_of("card\xFF"), features_of("card"));
  EXPECT_EQ(features_of("\xC3(card"), features_of("card"));
}

TEST(Featurizer, fills_up_to_the_length_of_the_model) {
  const auto input = model_input("card");
  ASSERT_EQ(input.size(), feature_length);
  EXPECT_NE(input[4], 0);
  EXPECT_EQ(input[5], 0);
}

TEST(Featurizer, cuts_what_is_too_long_and_keeps_the_words) {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "reklamation ";
  const auto input = model_input(text);
  ASSERT_EQ(input.size(), feature_length);
  EXPECT_TRUE(std::all_of(input.begin(), input.begin() + 60,
                          [&](std::int32_t feature) { return feature == input[0]; }));
}

TEST(Featurizer, gives_the_same_features_on_every_machine) {
  // A model that was trained with other features than it is asked with is worthless.
  EXPECT_EQ(features_of("is 7"), (std::vector<std::int32_t>{4972, 12190, 167, 4340, 15779, 8127}));
}

#ifndef INTENTS_PLANT_VANISHED_TEST
TEST(Featurizer, keeps_repeats) { EXPECT_EQ(features_of("no no").size(), 7u); }
#endif

}  // namespace
}  // namespace intents
