#include "schemas/tool/printable.h"

#include <gtest/gtest.h>

using namespace modelgate;
using namespace std::string_literals;

namespace {

TEST(Printable, leaves_text_alone) {
  EXPECT_EQ(printable("accuracy ≥ 0.9, 客服 😀"), "accuracy ≥ 0.9, 客服 😀");
  EXPECT_TRUE(is_printable("accuracy ≥ 0.9, 客服 😀"));
  EXPECT_TRUE(is_utf8("a\nb\0c"s));
}

TEST(Printable, escapes_control_characters) {
  EXPECT_EQ(printable("a\x1b[31mb\r\n\tc\x7f\0d"s), "a\\x1b[31mb\\x0d\\n\\tc\\x7f\\x00d");
  EXPECT_EQ(printable("\xc2\x9b"
                      "2J"),
            "\\x9b2J");  // the C1 form of ESC [
  EXPECT_FALSE(is_printable("a\nb"));
  EXPECT_FALSE(is_printable("\xc2\x9b"));
  EXPECT_TRUE(is_printable("\xc2\xa0"));
}

TEST(Printable, escapes_what_turns_or_ends_a_line_unseen) {
  EXPECT_EQ(printable("a\xe2\x80\xae"
                      "b\xe2\x81\xa6\xe2\x80\xa8"),
            "a\\u202eb\\u2066\\u2028");
  EXPECT_FALSE(is_printable("\xe2\x80\xae"));
  EXPECT_TRUE(is_printable("\xe2\x80\x8d\xe2\x80\xaf"));  // a joiner, a narrow blank
}

TEST(Printable, replaces_bytes_that_are_not_utf8) {
  EXPECT_EQ(printable("a\xff"
                      "b"),
            "a\xef\xbf\xbd"
            "b");
  for (const char* wrong :
       {"\xff", "\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf0\x80\x80\x80",
        "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xc2", "\xe2\x82", "\xf0\x9f\x98", "a\xe9"}) {
    EXPECT_FALSE(is_utf8(wrong));
    EXPECT_FALSE(is_printable(wrong));
    EXPECT_TRUE(is_utf8(printable(wrong)));
  }
}

TEST(Beginning, is_cut_between_characters_and_says_so) {
  EXPECT_EQ(beginning("abc", 3), "abc");
  EXPECT_EQ(beginning("abcd", 3), "abc…");
  EXPECT_EQ(beginning("客服", 6), "客服");
  EXPECT_EQ(beginning("客服", 5), "客…");
  EXPECT_EQ(beginning("客", 2), "…");
  EXPECT_EQ(beginning("\xff\xff\xff", 2), "\xef\xbf\xbd\xef\xbf\xbd…");
  EXPECT_EQ(beginning("a\nb"), "a\\nb");
}

}  // namespace
