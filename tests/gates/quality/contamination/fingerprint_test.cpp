#include "gates/quality/contamination/fingerprint.h"

#include <gtest/gtest.h>

namespace modelgate {
namespace {

Fingerprint print_of(const std::string& text, const NearRule& rule = {}) {
  return Fingerprinter(rule).of(text);
}

bool are_the_same(const std::string& a, const std::string& b) {
  return print_of(a).whole == print_of(b).whole;
}

bool have_the_same_words(const std::string& a, const std::string& b) {
  return print_of(a).shingles == print_of(b).shingles;
}

TEST(Fingerprint, is_the_same_whatever_the_case_form_and_white_space) {
  EXPECT_TRUE(are_the_same("What's  my\tBalance?", " what's my balance? "));
  EXPECT_TRUE(are_the_same("ＡＢＣ１２", "abc12"));         // full width
  EXPECT_TRUE(are_the_same("ﬁne Straße", "fine STRASSE"));  // a ligature, ß
  EXPECT_TRUE(are_the_same("caf\u00e9", "CAFE\u0301"));     // composed or not
  EXPECT_TRUE(are_the_same("a\u3000b\u00a0c", "a b c"));    // other blanks
  EXPECT_TRUE(are_the_same("", " \n"));
  EXPECT_FALSE(are_the_same("what's my balance", "whats my balance"));
  EXPECT_FALSE(are_the_same("ab", "a b"));
  EXPECT_FALSE(are_the_same("a", "b"));
}

TEST(Fingerprint, is_the_same_by_the_short_way_of_ascii_and_by_the_long_one) {
  // A text that is not ASCII goes the long way; the word that makes it so stands at its end.
  std::string all;
  for (char c = 1; c < 127; ++c) all += c;
  for (const std::string& text :
       {all, std::string("It's 5.0% (off)! \"A_b\" $3 + 4 = <7>"), std::string(" x  y\x1cz ")}) {
    NearRule rule;
    rule.shingle = 1;
    const Fingerprint alone = print_of(text, rule), with_more = print_of(text + " \u00e9", rule);
    ASSERT_EQ(with_more.shingles.size(), alone.shingles.size() + 1) << text;
    EXPECT_TRUE(std::equal(alone.shingles.begin(), alone.shingles.end(), with_more.shingles.begin())) << text;
  }
}

TEST(Fingerprint, has_words_without_punctuation) {
  EXPECT_TRUE(have_the_same_words("What's my balance?", "whats my balance"));
  EXPECT_TRUE(have_the_same_words("«Wie»  geht’s", "wie gehts"));
  EXPECT_FALSE(have_the_same_words("3 + 4", "3 4"));  // a symbol is no punctuation
  EXPECT_TRUE(print_of("?!").shingles.empty());
}

TEST(Fingerprint, takes_chinese_and_japanese_by_characters) {
  EXPECT_EQ(print_of("我想退款").shingles.size(), 3u);
  EXPECT_TRUE(have_the_same_words("我想退款", "我 想退款。"));
  EXPECT_EQ(print_of("我想要退掉上周买的手机").ngrams.size(), 4u);
}

TEST(Fingerprint, of_a_short_text_has_one_shingle_and_no_ngram) {
  EXPECT_EQ(print_of("yes").shingles.size(), 1u);
  EXPECT_EQ(print_of("yes please").shingles.size(), 1u);
  EXPECT_EQ(print_of("yes please do").shingles.size(), 2u);
  EXPECT_TRUE(print_of("one two three four five six seven").ngrams.empty());
  EXPECT_EQ(print_of("one two three four five six seven eight").ngrams.size(), 1u);
}

TEST(Fingerprint, is_taken_of_what_is_no_utf8) {
  EXPECT_TRUE(are_the_same("a\xff", "A\xff"));
  EXPECT_FALSE(are_the_same("a\xff", "a"));
  EXPECT_NO_THROW(print_of(std::string("\xf0\x9f\x00\xc3", 4)));
}

}  // namespace
}  // namespace modelgate
