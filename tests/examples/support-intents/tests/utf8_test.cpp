#include "featurizer/utf8.h"

#include <gtest/gtest.h>

namespace intents {
namespace {

TEST(Utf8, reads_one_to_four_bytes) { EXPECT_EQ(characters_of("aß中😀"), U"aß中😀"); }

TEST(Utf8, reads_nothing_as_nothing) { EXPECT_EQ(characters_of(""), U""); }

TEST(Utf8, replaces_a_lone_continuation_byte) { EXPECT_EQ(characters_of("a\x80z"), U"a\xFFFDz"); }

TEST(Utf8, replaces_a_character_that_the_end_cuts_off) {
  EXPECT_EQ(characters_of("ok\xE4\xB8"), U"ok\xFFFD");
  EXPECT_EQ(characters_of("\xF0"), U"\xFFFD");
}

TEST(Utf8, goes_on_after_a_character_that_another_cuts_off) {
  EXPECT_EQ(characters_of("\xE4\xB8z"), U"\xFFFDz");
}

TEST(Utf8, refuses_overlong_forms) {
  EXPECT_EQ(characters_of("\xC0\xAF"), U"\xFFFD\xFFFD");
  EXPECT_EQ(characters_of("\xE0\x80\xAF"), U"\xFFFD\xFFFD\xFFFD");
}

TEST(Utf8, refuses_surrogates) { EXPECT_EQ(characters_of("\xED\xA0\x80"), U"\xFFFD\xFFFD\xFFFD"); }

TEST(Utf8, refuses_what_lies_beyond_unicode) { EXPECT_EQ(characters_of("\xF5"), U"\xFFFD"); }

TEST(Utf8, keeps_a_zero_byte) { EXPECT_EQ(characters_of(std::string_view("a\0b", 3)).size(), 3u); }

}  // namespace
}  // namespace intents
