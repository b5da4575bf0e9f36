#include "reporters/markdown/markdown.h"

#include <gmock/gmock.h>

#include "schemas/tool/printable.h"
#include "tests/reporters/verdicts.h"

namespace modelgate {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t times = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++times;
  return times;
}

TEST(Markdown, begins_with_a_marker_and_the_decision) {
  EXPECT_THAT(markdown_summary(verdict_of({slowdown()})),
              StartsWith("<!-- modelgate summary -->\n## ❌ modelgate: FAIL\n\nthe whole in one sentence\n"));
  EXPECT_THAT(markdown_summary(verdict_of({accuracy()})), HasSubstr("## ✅ modelgate: pass\n"));
  EXPECT_THAT(markdown_summary(verdict_of({accuracy("", Status::inconclusive)})),
              HasSubstr("modelgate: cannot tell\n"));
  EXPECT_THAT(markdown_summary(verdict_of({accuracy("", Status::error)})), HasSubstr("❌ modelgate: ERROR\n"));
}

TEST(Markdown, says_what_was_compared) {
  const std::string text = markdown_summary(verdict_of({slowdown()}));
  EXPECT_THAT(
      text,
      HasSubstr(
          "| candidate | support-intents v1.1.0 | <code>f27ab90c441…</code> | <code>sha256:cccccccccccc…"));
  EXPECT_THAT(text, HasSubstr("| baseline | support-intents v1.0.0 |"));
}

TEST(Markdown, shows_what_blocks_in_a_table_and_folds_what_passes) {
  const std::string text =
      markdown_summary(verdict_of({accuracy(), check_of("unit", "A.B", Status::pass), slowdown()}));
  EXPECT_THAT(
      text,
      HasSubstr("| ❌ FAIL | performance | <code>BM_x real_time</code> | 1.20 ms → 1.50 ms | "
                "+25.0 % (+23.5 … +26.5) | +10 % | is 25.0 % slower, more than the margin of 10 % |\n"));
  EXPECT_THAT(text, HasSubstr("<details><summary>✅ 2 checks pass</summary>"));
  EXPECT_LT(text.find("BM_x"), text.find("<details>"));
  EXPECT_GT(text.find("accuracy"), text.find("<details>"));
  EXPECT_THAT(text, HasSubstr("- unit: <code>A.B</code>"));
  EXPECT_THAT(text, HasSubstr("each bound holds with a confidence of 95 % by itself"));
}

TEST(Markdown, shows_improvements_waivers_and_needs) {
  Check better = slowdown("BM_better", Status::pass), waived = check_of("unit", "A.W", Status::pass);
  better.improved = true;
  waived.waiver = "known (until 2026-12-31)";
  Check unsure = accuracy("", Status::inconclusive);
  unsure.needs = "about 6,200 more rows";
  const std::string text = markdown_summary(verdict_of({better, waived, unsure}));
  EXPECT_THAT(text, HasSubstr("| ⬆️ better | performance | <code>BM_better</code>"));
  EXPECT_THAT(text, HasSubstr("| ⚠️ waived | unit | <code>A.W</code>"));
  EXPECT_THAT(text, HasSubstr("<br>waived: known (until 2026-12-31) |"));
  EXPECT_THAT(text, HasSubstr("<br>needs: about 6,200 more rows |"));
}

TEST(Markdown, shows_and_counts_flaky_tests) {
  const std::string text =
      markdown_summary(verdict_of({retried("A.flaky", Status::pass), check_of("unit", "A.a", Status::pass)}));
  EXPECT_THAT(text, HasSubstr("| ⚠️ flaky | unit | <code>A.flaky</code> |"));
  EXPECT_THAT(text, HasSubstr("passes only at attempt 3"));
  EXPECT_THAT(text, HasSubstr("2 checks: 1 flaky, 1 pass"));
}

TEST(Markdown, of_a_first_release_says_so_in_its_headline) {
  Verdict verdict = verdict_of({check_of("unit", "A.B", Status::pass), slowdown("x", Status::not_compared)});
  verdict.baseline.reset();
  verdict.first_release = true;
  const std::string text = markdown_summary(verdict);
  EXPECT_THAT(text, HasSubstr("## ✅ modelgate: pass (first release, no baseline)\n"));
  EXPECT_THAT(text, HasSubstr("**FIRST RELEASE, NO BASELINE"));
  EXPECT_THAT(text, HasSubstr("| baseline | none: first release |"));
  EXPECT_THAT(text, HasSubstr("<summary>➖ 1 check is not compared</summary>"));
}

TEST(Markdown, shows_the_worse_where_status_and_checks_contradict_each_other) {
  Verdict verdict = verdict_of({slowdown()});
  verdict.status = Status::pass;
  EXPECT_THAT(markdown_summary(verdict), HasSubstr("❌ modelgate: FAIL"));
  Verdict empty = verdict_of({});
  empty.status = Status::pass;
  EXPECT_THAT(markdown_summary(empty), HasSubstr("❌ modelgate: ERROR"));
}

TEST(Markdown, fits_into_a_comment_and_says_what_it_leaves_out) {
  std::vector<Check> checks;
  for (const Status status : {Status::fail, Status::pass, Status::not_compared})
    for (int i = 0; i < 5000; ++i) {
      checks.push_back(slowdown("BM_" + std::to_string(i) + std::string(100, '|'), status));
      checks.push_back(check_of("unit", "S.T" + std::to_string(i), status));
      checks.back().details = std::string(10000, '<');
    }
  Verdict verdict = verdict_of(checks);
  verdict.warnings = std::vector<std::string>(1000, std::string(1000, '&'));
  verdict.left_out = verdict.warnings;
  verdict.sentence = std::string(100000, '*');
  const std::string text = markdown_summary(verdict);
  EXPECT_LE(text.size(), most_markdown_bytes);
  EXPECT_THAT(text, HasSubstr("Left out here: "));
  EXPECT_THAT(text, HasSubstr("more FAIL of unit; the verdict document has them all."));
  EXPECT_THAT(text, HasSubstr("more checks say is left out here"));
  EXPECT_EQ(count(text, "<details>"), count(text, "</details>"));
  EXPECT_THAT(text, HasSubstr("30,000 checks: 10,000 fail, 10,000 pass, 10,000 not compared."));
}

TEST(Markdown, lets_no_gate_push_out_another) {
  std::vector<Check> checks;
  for (int i = 0; i < 500; ++i) checks.push_back(slowdown("BM_" + std::to_string(i)));
  checks.push_back(accuracy("zh", Status::fail));
  const std::string text = markdown_summary(verdict_of(checks));
  EXPECT_THAT(text, HasSubstr("<code>accuracy &#91;lang=zh&#93;</code>"));
  EXPECT_THAT(text,
              HasSubstr("Left out here: 470 more FAIL of performance; the verdict document has them all."));
  EXPECT_THAT(text, HasSubstr("| ❌ FAIL | performance | 500 checks: 500 fail |\n"));
}

TEST(Markdown, of_one_gate_has_no_table_of_gates) {
  EXPECT_THAT(markdown_summary(verdict_of({slowdown()})), Not(HasSubstr("| | gate | checks |")));
}

TEST(Markdown, fits_into_a_comment_with_the_worst_texts) {
  const std::string text = markdown_summary(hostile_verdict());
  EXPECT_LE(text.size(), most_markdown_bytes);
  EXPECT_TRUE(is_utf8(text));
}

TEST(Markdown, has_as_many_cells_in_every_row_as_its_table_has_columns) {
  const std::string text = markdown_summary(hostile_verdict());
  std::size_t begin = 0, columns = 0;
  while (begin < text.size()) {
    const std::size_t end = text.find('\n', begin);
    const std::string line = text.substr(begin, end - begin);
    begin = end + 1;
    if (!line.starts_with('|')) {
      columns = 0;
      continue;
    }
    if (columns == 0) columns = count(line, "|");
    EXPECT_EQ(count(line, "|"), columns) << line;
  }
}

TEST(Markdown, says_why_doubt_does_not_block) {
  Verdict verdict = verdict_of({accuracy("", Status::inconclusive), check_of("unit", "A.b", Status::pass)});
  verdict.inconclusive = InconclusivePolicy{InconclusiveAction::warn, "branch x is no release branch"};
  EXPECT_THAT(markdown_summary(verdict), HasSubstr("**This does not block: branch x is no release branch**"));
  EXPECT_THAT(markdown_summary(verdict), HasSubstr("cannot tell"));
}

TEST(Markdown, folds_the_notes_of_how_it_was_measured) {
  Verdict verdict = verdict_of({accuracy()});
  verdict.warnings = {"candidate: 2 cores", "a waiver ended"};
  EXPECT_THAT(
      markdown_summary(verdict),
      HasSubstr("- note: a waiver ended\n\n<details><summary>1 note of how it was measured</summary>\n\n"
                "- note: candidate: 2 cores\n\n</details>\n"));
}

}  // namespace
}  // namespace modelgate
