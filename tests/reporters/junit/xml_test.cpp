#include "reporters/junit/xml.h"

#include <gtest/gtest.h>

#include "reporters/junit/timestamp.h"

namespace modelgate {
namespace {

TEST(Xml, escapes_markup_in_text_and_attributes) {
  EXPECT_EQ(xml_text("a < b && c > d \"q\" 'p' ]]>"),
            "a &lt; b &amp;&amp; c &gt; d &quot;q&quot; 'p' ]]&gt;");
  EXPECT_EQ(xml_attribute("<\"&>"), "&lt;&quot;&amp;&gt;");
}

TEST(Xml, holds_no_control_characters) {
  EXPECT_EQ(xml_text(std::string("a\0b\x1b[1m\x7f", 8)), "a\\x00b\\x1b[1m\\x7f");
  EXPECT_EQ(xml_text("\xc2\x85"), "\\x85");
}

TEST(Xml, keeps_the_lines_of_text_and_writes_an_attribute_in_one) {
  EXPECT_EQ(xml_text("a\nb\r\nc\td\n"), "a\nb\nc\td\n");
  EXPECT_EQ(xml_text("a\rb"), "a\\x0db");
  EXPECT_EQ(xml_attribute("a\nb"), "a\\nb");
}

TEST(Xml, replaces_what_is_no_character_of_xml) {
  EXPECT_EQ(xml_text("\xff \xed\xa0\x80"), "\xef\xbf\xbd \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
  EXPECT_EQ(xml_text("\xef\xbf\xbe\xef\xbf\xbf"), "\xef\xbf\xbd\xef\xbf\xbd");
  EXPECT_EQ(xml_text("准确率 🙂"), "准确率 🙂");
}

TEST(Xml, is_cut_by_what_is_written_and_never_within_a_character) {
  EXPECT_EQ(xml_text("准确率", 9), "准确率");
  EXPECT_EQ(xml_text("准确率", 8), "准确…");
  EXPECT_EQ(xml_text("&&&", 11), "&amp;&amp;…");
  EXPECT_EQ(xml_attribute("\x01", 3), "…");
}

TEST(Timestamp, is_a_moment_that_exists) {
  for (const char* good : {"2026-11-23T20:15:00Z", "2024-02-29T00:00:00Z", "0001-01-01T23:59:59Z"})
    EXPECT_TRUE(is_timestamp(good)) << good;
  for (const char* bad :
       {"", "now", "2026-11-23", "2026-11-23T20:15:00", "2026-11-23T20:15:00+01:00", "2026-13-01T00:00:00Z",
        "2026-02-30T00:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T20:60:00Z", "0000-01-01T00:00:00Z",
        "2026-11-23T20:15:00Z\"", "２０26-11-23T20:15:00Z"})
    EXPECT_FALSE(is_timestamp(bad)) << bad;
}

}  // namespace
}  // namespace modelgate
