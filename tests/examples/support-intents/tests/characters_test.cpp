#include "featurizer/characters.h"

#include <gtest/gtest.h>

#include "featurizer/variant.h"

namespace intents {
namespace {

TEST(Characters, folds_the_cases_of_european_scripts) {
  EXPECT_EQ(folded(U'A'), U'a');
  EXPECT_EQ(folded(U'Ü'), U'ü');
  EXPECT_EQ(folded(U'Ñ'), U'ñ');
  EXPECT_EQ(folded(U'Ł'), U'ł');
  EXPECT_EQ(folded(U'Č'), U'č');
  EXPECT_EQ(folded(U'Σ'), U'σ');
  EXPECT_EQ(folded(U'Ж'), U'ж');
  EXPECT_EQ(folded(U'Ё'), U'ё');
}

TEST(Characters, leaves_what_has_no_case) {
  for (const char32_t character : {U'ß', U'×', U'÷', U'中', U'a', U'?', U'ÿ'})
    EXPECT_EQ(folded(character), character);
}

TEST(Characters, takes_all_digits_for_one) {
  for (char32_t digit = U'0'; digit <= U'9'; ++digit) EXPECT_EQ(folded(digit), U'0');
}

TEST(Characters, folding_twice_changes_nothing) {
  for (char32_t character = 0; character < 0x11000; ++character)
    ASSERT_EQ(folded(folded(character)), folded(character)) << static_cast<std::uint32_t>(character);
}

TEST(Characters, knows_chinese_characters) {
  EXPECT_TRUE(is_han(U'中'));
  EXPECT_TRUE(is_han(U'㐀'));
  EXPECT_FALSE(is_han(U'。'));
  EXPECT_FALSE(is_han(U'あ'));
}

TEST(Characters, punctuation_and_pictures_are_no_words) {
  for (const char32_t character : {U' ', U'?', U'¿', U'…', U'。', U'，', U'！', U'😀', U'→', U'\xFFFD'})
    EXPECT_FALSE(is_word_character(character)) << static_cast<std::uint32_t>(character);
  for (const char32_t character : {U'x', U'7', U'é', U'ж', U'あ', U'７'})
    EXPECT_TRUE(is_word_character(character)) << static_cast<std::uint32_t>(character);
}

#ifndef INTENTS_RELEASE_1_0
TEST(Characters, folds_full_width_forms) {
  EXPECT_EQ(folded(U'Ａ'), U'a');
  EXPECT_EQ(folded(U'７'), U'0');
}
#endif

}  // namespace
}  // namespace intents
