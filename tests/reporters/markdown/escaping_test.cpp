#include "reporters/markdown/escaping.h"

#include <gmock/gmock.h>

#include "tests/reporters/verdicts.h"

namespace modelgate {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(MarkdownText, leaves_plain_words_and_numbers_as_they_are) {
  for (const char* text : {"BM_featurize/64 real_time is 36.4 % slower (95 % bounds +34.9 % to +37.9 %)",
                           "16.2 µs → 22.1 µs", "accuracy fell: -1.6 to +0.3", "准确率", "std::vector::at"})
    EXPECT_EQ(markdown_text(text), text);
}

TEST(MarkdownText, escapes_what_would_be_markup) {
  EXPECT_EQ(markdown_text("a | b"), "a &#124; b");
  EXPECT_EQ(markdown_text("`x` **b** _e_ ~s~"),
            "&#96;x&#96; &#42;&#42;b&#42;&#42; &#95;e&#95; &#126;&#8203;s&#126;");
  EXPECT_EQ(markdown_text("<script>&amp;"), "&#60;script&#62;&#38;&#8203;amp;");
  EXPECT_EQ(markdown_text("[a](b) ![i](j)"), "&#91;a&#93;(b) !&#91;i&#93;(j)");
  EXPECT_EQ(markdown_text("a\\|b"), "a&#92;&#124;b");
}

TEST(MarkdownText, breaks_mentions_references_and_links) {
  EXPECT_EQ(markdown_text("@all"), "@&#8203;all");
  EXPECT_EQ(markdown_text("#1 !2 GH-3"), "#&#8203;1 !&#8203;2 GH-&#8203;3");
  EXPECT_EQ(markdown_text("https://evil.example"), "https:&#8203;//evil.example");
  EXPECT_EQ(markdown_text("www.evil.example"), "www&#8203;.evil.example");
  EXPECT_EQ(markdown_text(":tada:"), ":&#8203;tada:");
  EXPECT_EQ(markdown_text("$x$"), "&#36;&#8203;x&#36;");
}

TEST(MarkdownText, is_one_line_that_begins_no_block) {
  EXPECT_EQ(markdown_text("a\nb\r\n\tc"), "a b   c");
  EXPECT_EQ(markdown_text("  # not a heading"), "&#35; not a heading");
  EXPECT_EQ(markdown_text("- not a list"), "&#45; not a list");
  EXPECT_EQ(markdown_text("1. not a list"), "1&#46; not a list");
  EXPECT_EQ(markdown_text("--- not a rule"), "&#45;-- not a rule");
  EXPECT_EQ(markdown_text("-1.6 is a number"), "-1.6 is a number");
  EXPECT_EQ(markdown_text("1.6 is a number"), "1.6 is a number");
  EXPECT_EQ(markdown_text("   "), "");
}

TEST(MarkdownText, gives_gitlab_no_orders) {
  EXPECT_EQ(markdown_text("/close"), "&#47;close");
  EXPECT_EQ(markdown_text("  /merge now"), "&#47;merge now");
  EXPECT_EQ(markdown_text("::include{file=x}"), "&#58;:include{file=x}");
  EXPECT_EQ(markdown_text("and/or"), "and/or");
  EXPECT_EQ(markdown_text("[issue:5]"), "&#91;&#8203;issue:5&#93;");
  EXPECT_EQ(markdown_text("{+ added +}"), "{&#8203;+ added +}");
}

TEST(MarkdownCode, is_escaped_like_text_because_markdown_reads_inside_it) {
  EXPECT_EQ(markdown_code("a|*b*`"), "<code>a&#124;&#42;b&#42;&#96;</code>");
  EXPECT_EQ(markdown_code("</code><b>"), "<code>&#60;/code&#62;&#60;b&#62;</code>");
}

TEST(MarkdownBlock, keeps_lines_and_lets_nobody_out) {
  EXPECT_EQ(markdown_block("a\n\n  b **c**\r\n", 10, 80), "<pre>a\n\n  b **c**\n</pre>");
  EXPECT_EQ(markdown_block("</pre>\n<details>", 10, 80), "<pre>&#60;/pre&#62;\n&#60;details&#62;\n</pre>");
  EXPECT_EQ(markdown_block("/close\n  /merge\na/b", 10, 80), "<pre>&#47;close\n  &#47;merge\na/b\n</pre>");
  EXPECT_EQ(markdown_block("1\n2\n3\n4", 2, 80), "<pre>1\n2\n… and 2 more lines\n</pre>");
  EXPECT_EQ(markdown_block("abcdef", 2, 4), "<pre>abc…\n</pre>");
}

TEST(Escaping, leaves_no_character_that_could_open_anything) {
  for (const std::string& text : hostile_texts)
    for (const std::string& escaped : {markdown_text(text), markdown_text("x" + text)}) {
      EXPECT_EQ(escaped.find_first_of("<>`*[]|\\~$\n\r\t\x1b"), std::string::npos) << escaped;
      EXPECT_THAT(escaped, Not(HasSubstr("://")));
      EXPECT_THAT(escaped, Not(HasSubstr("@e")));
      EXPECT_THAT(escaped, Not(HasSubstr("www.")));
    }
}

}  // namespace
}  // namespace modelgate
