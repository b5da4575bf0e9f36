#include "reporters/posting/comment_text.h"

#include <gmock/gmock.h>

#include <sstream>

#include "reporters/markdown/markdown.h"
#include "schemas/tool/printable.h"
#include "tests/reporters/verdicts.h"

namespace modelgate {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream all(text);
  for (std::string line; std::getline(all, line);) lines.push_back(line);
  return lines;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t times = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++times;
  return times;
}

TEST(CommentText, begins_with_a_hidden_marker_of_its_name) {
  EXPECT_EQ(comment_marker("modelgate"), "<!-- modelgate comment: modelgate -->");
  EXPECT_EQ(comment_marker("model a"), "<!-- modelgate comment: model%20a -->");
  EXPECT_THAT(comment_body("modelgate", "text\n", "foot"),
              StartsWith("<!-- modelgate comment: modelgate -->\ntext\n\nfoot\n"));
}

TEST(CommentText, has_a_marker_that_no_name_can_leave) {
  for (const std::string name : {"--> visible <!--", "a--b", "->", "x\ny", "</script>"}) {
    const std::string marker = comment_marker(name);
    EXPECT_EQ(count(marker, "-->"), 1u) << marker;
    EXPECT_EQ(count(marker, "--"), 2u) << marker;
    EXPECT_EQ(count(marker, "\n"), 0u);
  }
  EXPECT_NE(comment_marker("a b"), comment_marker("a%20b"));
  EXPECT_THAT(comment_marker("model"), Not(StartsWith(comment_marker("model-x"))));
  EXPECT_THAT(comment_marker("model-x"), Not(StartsWith(comment_marker("model"))));
}

TEST(CommentText, that_fits_is_not_touched) { EXPECT_EQ(cut_markdown("a\n\nb\n", 6), "a\n\nb\n"); }

TEST(CommentText, is_cut_between_paragraphs_and_says_how_much_is_missing) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "paragraph " + std::to_string(i) + "\nof two lines\n\n";
  const std::string cut = cut_markdown(text, 1000);
  EXPECT_LE(cut.size(), 1000u);
  const std::string kept = cut.substr(0, cut.find("\n… cut here"));
  EXPECT_TRUE(text.starts_with(kept));
  EXPECT_THAT(kept, EndsWith("of two lines\n\n"));
  std::string missing = std::to_string(text.size() - kept.size());
  if (missing.size() > 3) missing.insert(missing.size() - 3, ",");
  EXPECT_THAT(
      cut, EndsWith("\n… cut here: " + missing +
                    " more bytes do not fit into a comment; the verdict document and the summary have them "
                    "all.\n"));
}

TEST(CommentText, is_not_cut_inside_a_fold_that_can_be_left_out) {
  std::string text = std::string(600, 'a') + "\n\n<details><summary>x</summary>\n\n";
  for (int i = 0; i < 100; ++i) text += "row " + std::to_string(i) + "\n\n";
  text += "</details>\n";
  const std::string cut = cut_markdown(text, 1000);
  EXPECT_THAT(cut, Not(HasSubstr("<details>")));
  EXPECT_THAT(cut, StartsWith(std::string(600, 'a') + "\n\n\n… cut here"));
}

TEST(CommentText, closes_what_is_open_where_it_must_be_cut_inside) {
  std::string text = "head\n\n<details><summary>x</summary>\n\n<pre>\n";
  for (int i = 0; i < 100; ++i) text += "line " + std::to_string(i) + "\n";
  const std::string cut = cut_markdown(text + "</pre>\n\n</details>\n", 600);
  EXPECT_LE(cut.size(), 600u);
  EXPECT_EQ(count(cut, "<pre>"), count(cut, "</pre>"));
  EXPECT_EQ(count(cut, "<details>"), count(cut, "</details>"));
  EXPECT_LT(cut.find("</pre>"), cut.find("</details>"));
  std::string code = "````python\n";
  for (int i = 0; i < 100; ++i) code += "```\nline " + std::to_string(i) + "\n";
  EXPECT_EQ(count(cut_markdown(code, 600), "````"), 2u);
}

TEST(CommentText, of_one_endless_line_is_cut_at_a_whole_character) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "é";
  for (std::size_t most = 300; most < 304; ++most) {
    const std::string cut = cut_markdown(text, most);
    EXPECT_LE(cut.size(), most);
    EXPECT_TRUE(is_utf8(cut));
    EXPECT_THAT(cut, HasSubstr("… cut here"));
  }
}

TEST(CommentText, of_ten_thousand_checks_of_which_five_hundred_fail_fits_both_platforms) {
  std::vector<Check> checks;
  for (int i = 0; i < 10'000; ++i)
    checks.push_back(
        check_of("unit", "Suite.Test" + std::to_string(i), i % 20 == 0 ? Status::fail : Status::pass));
  const std::string body = comment_body("modelgate", markdown_summary(verdict_of(checks)), "foot");
  EXPECT_LE(body.size(), most_comment_bytes);
  EXPECT_THAT(body, HasSubstr("10,000 checks: 500 fail"));
  EXPECT_THAT(body, EndsWith("foot\n"));
}

TEST(CommentText, commands_nothing) {
  for (const std::string line : {"/merge", "  /close", "\t/assign @me", "/", "//x"})
    for (const std::string& written : lines_of(comment_body("n", "text\n\n" + line + "\r\n/label ~x\n", "")))
      EXPECT_NE(written.substr(written.find_first_not_of(" \t") == std::string::npos
                                   ? written.size()
                                   : written.find_first_not_of(" \t"),
                               1),
                "/")
          << line;
  EXPECT_EQ(harmless_markdown("/merge\na /b\n"), "&#47;merge\na /b\n");
}

TEST(CommentText, of_a_hostile_verdict_commands_and_controls_nothing) {
  Verdict verdict = hostile_verdict();
  verdict.sentence = "/merge\n/approve";
  for (const std::string& line : lines_of(comment_body("n", markdown_summary(verdict), ""))) {
    EXPECT_FALSE(line.starts_with("/")) << line;
    EXPECT_TRUE(is_printable(line)) << line;
  }
}

TEST(CommentText, keeps_tabs_and_shows_control_characters) {
  EXPECT_EQ(harmless_markdown("a\tb\x1b[2J\n"), "a\tb\\x1b[2J\n");
  EXPECT_EQ(harmless_markdown("a\r\nb"), "a\nb\n");
  EXPECT_EQ(harmless_markdown(""), "");
}

}  // namespace
}  // namespace modelgate
