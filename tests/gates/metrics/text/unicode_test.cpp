#include "gates/metrics/text/unicode.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gates/metrics/text/letters.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace std::string_literals;

TEST(UnicodeTest, decodes_what_it_encoded) {
  std::u32string all;
  for (char32_t code_point = 0; code_point <= 0x10FFFF; ++code_point) {
    if (code_point < 0xD800 || code_point > 0xDFFF) all += code_point;
  }
  EXPECT_TRUE(decode_utf8(encode_utf8(all)) == all);
}

TEST(UnicodeTest, replaces_maximal_parts_of_what_is_broken) {
  // The Unicode Standard 15.0, table 3-8, table 3-9, table 3-10 and table 3-11.
  EXPECT_EQ(valid_utf8("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41"),
            "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA");
  EXPECT_EQ(valid_utf8("\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41"),
            "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA");
  EXPECT_EQ(valid_utf8("\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42"),
            "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\x41\uFFFD\uFFFD\x42");
  EXPECT_EQ(valid_utf8("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41"), "\uFFFD\uFFFD\uFFFD\uFFFD\x41");
  EXPECT_EQ(valid_utf8("\xE4\xBD"), "\uFFFD");
  EXPECT_EQ(decode_utf8("a\0b"s), U"a\0b"s);
}

TEST(UnicodeTest, never_writes_what_is_no_code_point) {
  EXPECT_EQ(encode_utf8(std::u32string{0xD800, 0x110000, 0xFFFFFFFF}), "\uFFFD\uFFFD\uFFFD");
}

TEST(UnicodeTest, splits_at_white_space_of_any_script) {
  EXPECT_THAT(split_at_spaces("  one\u00A0two\u3000three\x1C\nfour "),
              ElementsAre("one", "two", "three", "four"));
  EXPECT_THAT(split_at_spaces(" \t\u2003"), IsEmpty());
  EXPECT_EQ(trimmed("\u3000 a b\u00A0"), "a b");
  EXPECT_EQ(trimmed(" \n"), "");
  // What is broken is no white space, and what stands behind it is.
  EXPECT_EQ(trimmed("\x80 \xE3\xE3\x80\x80\u2003"), "\x80 \xE3");
  EXPECT_EQ(trimmed("a\u3000\x80"), "a\u3000\x80");
}

TEST(UnicodeTest, takes_chinese_characters_and_kana_for_words) {
  EXPECT_THAT(split_into_words("我爱BLEU 3.5分"), ElementsAre("我", "爱", "BLEU", "3.5", "分"));
  EXPECT_THAT(split_into_words("東京タワー"), ElementsAre("東", "京", "タ", "ワ", "ー"));
  EXPECT_EQ(split_into_words("我 爱 你"), split_into_words("我爱你"));
  // A mark stays with its character.
  EXPECT_THAT(split_into_words("か\u3099き"), ElementsAre("か\u3099", "き"));
  EXPECT_THAT(split_into_words("한국어 좋다"), ElementsAre("한국어", "좋다"));
}

TEST(LettersTest, are_lowered_as_python_lowers_them) {
  EXPECT_EQ(lower_case("İSTANBUL ISPARTA"), "i\u0307stanbul isparta");
  EXPECT_EQ(lower_case("ΟΔΟΣ ΣΑΣ Σ ΑΣ. 'ΑΣ' Α.Σ Σ΄"), "οδος σας σ ας. 'ας' α.ς σ΄");
  EXPECT_EQ(lower_case("ΑΣ:Β ΑΣ…Β ⓐΣ"), "ασ:β ας…β ⓐς");
  EXPECT_EQ(lower_case("\u212A ẞ ÅÉ Ǆ"), "k ß åé ǆ");
}

TEST(LettersTest, have_the_same_form_where_they_are_the_same_letter) {
  EXPECT_EQ(normal_form("e\u0301", NormalForm::composed), "é");
  EXPECT_EQ(normal_form("q\u0307\u0323", NormalForm::composed),
            normal_form("q\u0323\u0307", NormalForm::composed));
  // Marks of one class keep their order, however many there are.
  std::string marks;
  for (int i = 0; i < 50; ++i) marks += i % 3 == 0 ? "\u0300" : "\u0301";
  EXPECT_EQ(normal_form("q" + marks + "\u0316", NormalForm::composed), "q\u0316" + marks);
  EXPECT_EQ(normal_form("ﬁ①Ｆ", NormalForm::composed), "ﬁ①Ｆ");
  EXPECT_EQ(normal_form("ﬁ①Ｆ", NormalForm::compatible), "fi1F");
  EXPECT_EQ(normal_form("Straße", NormalForm::folded), normal_form("STRASSE", NormalForm::folded));
  EXPECT_EQ(normal_form("ᾳ\u0316", NormalForm::folded), "α\u0316ι");
  EXPECT_EQ(normal_form("ＦＵẞ", NormalForm::plain_folded), "fuss");
  EXPECT_EQ(normal_form("한국", NormalForm::composed), normal_form("한국", NormalForm::composed));
}

}  // namespace
}  // namespace modelgate
