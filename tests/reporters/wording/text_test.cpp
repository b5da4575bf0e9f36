#include "reporters/wording/text.h"

#include <gmock/gmock.h>

#include "schemas/tool/printable.h"
#include "tests/reporters/verdicts.h"

namespace modelgate {
namespace {

using testing::ElementsAre;

TEST(Columns, are_one_for_a_letter_two_for_a_wide_character_none_for_a_mark) {
  EXPECT_EQ(columns("accuracy"), 8u);
  EXPECT_EQ(columns("准确率"), 6u);
  EXPECT_EQ(columns("ｆｕｌｌ"), 8u);
  EXPECT_EQ(columns("한국어"), 6u);
  EXPECT_EQ(columns("ひらがな"), 8u);
  EXPECT_EQ(columns("𠀀"), 2u);  // beyond the basic plane
  EXPECT_EQ(columns("🙂"), 2u);
  EXPECT_EQ(columns("e\xcc\x81"), 1u);     // with a combining acute accent
  EXPECT_EQ(columns("क्षि"), 3u);           // spacing marks take a column, the others none
  EXPECT_EQ(columns("→ … − µ ≥ ±"), 11u);  // what our own texts use
  EXPECT_EQ(columns("a\xe2\x80\x8b"
                    "b"),
            2u);  // a zero-width space
  EXPECT_EQ(columns("soft\xc2\xadhyphen"), 11u);
  EXPECT_EQ(columns("\xff\xfe"), 2u);  // not UTF-8: as it would be replaced
  EXPECT_EQ(columns(""), 0u);
}

TEST(Shown, makes_visible_what_would_move_or_turn_the_text_and_trims_it) {
  EXPECT_EQ(shown(" a\nb\x1b[1m  "), "a\\nb\\x1b[1m");
  EXPECT_EQ(shown("a\xe2\x80\xae"), "a\\u202e");
  EXPECT_EQ(shown("   "), "");
}

TEST(Cut, leaves_what_fits_and_marks_what_does_not) {
  EXPECT_EQ(cut("accuracy", 8), "accuracy");
  EXPECT_EQ(cut("accuracy", 7), "accura…");
  EXPECT_EQ(cut("准确率", 6), "准确率");
  EXPECT_EQ(cut("准确率", 5), "准确…");
  EXPECT_EQ(cut("准确率", 4), "准…");
  EXPECT_EQ(cut("准确率", 1), "…");
  EXPECT_EQ(cut("x", 0), "");
  EXPECT_EQ(cut("ab\xcc\x81", 2), "ab\xcc\x81");
  EXPECT_EQ(cut("", 3), "");
}

TEST(Wrapped, breaks_at_blanks) {
  EXPECT_THAT(wrapped("one two three", 7), ElementsAre("one two", "three"));
  EXPECT_THAT(wrapped("  one   two  ", 20), ElementsAre("one two"));
  EXPECT_THAT(wrapped("", 10), ElementsAre(""));
  EXPECT_THAT(wrapped("准确 率率 x", 4), ElementsAre("准确", "率率", "x"));
}

TEST(Wrapped, keeps_a_number_with_its_percent_sign) {
  EXPECT_THAT(wrapped("at most 5 % of all", 9), ElementsAre("at most", "5 % of", "all"));
  EXPECT_THAT(wrapped("by 37.9 %), more", 9), ElementsAre("by", "37.9 %),", "more"));
}

TEST(Wrapped, breaks_a_long_word_where_it_reads_well_or_anywhere) {
  EXPECT_THAT(wrapped("BM_featurize/4096", 14), ElementsAre("BM_featurize/", "4096"));
  EXPECT_THAT(wrapped("abcdefghij", 4), ElementsAre("abcd", "efgh", "ij"));
  EXPECT_THAT(wrapped("准确率", 4), ElementsAre("准确", "率"));
  EXPECT_THAT(wrapped("准确率", 0), ElementsAre("准", "确", "率"));
}

TEST(Wrapped, loses_nothing_and_never_exceeds_the_width) {
  for (const std::string& hostile : hostile_texts) {
    const std::string text = shown(hostile);
    for (std::size_t width = 2; width < 60; ++width) {
      std::string without_blanks;
      for (const std::string& line : wrapped(text, width)) {
        EXPECT_LE(columns(line), width) << text;
        EXPECT_TRUE(is_utf8(line)) << text;
        for (const char c : line)
          if (c != ' ') without_blanks += c;
      }
      std::string expected;
      for (const char c : text)
        if (c != ' ') expected += c;
      EXPECT_EQ(without_blanks, expected);
      EXPECT_LE(columns(cut(text, width)), width);
      EXPECT_TRUE(is_utf8(cut(text, width)));
    }
  }
}

TEST(Padding, counts_columns_and_not_bytes) {
  EXPECT_EQ(padded("准", 4), "准  ");
  EXPECT_EQ(padded("too long", 3), "too long");
}

}  // namespace
}  // namespace modelgate
