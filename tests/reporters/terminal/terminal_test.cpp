#include "reporters/terminal/terminal.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <sstream>

#include "reporters/wording/text.h"
#include "schemas/tool/printable.h"
#include "tests/reporters/verdicts.h"

namespace modelgate {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string plain(const Verdict& verdict, std::size_t width = 100, bool all = false) {
  return terminal_text(verdict, {width, false, all});
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// The first line that holds the text, or "".
std::string line_with(const std::string& text, const std::string& part) {
  for (const std::string& line : lines_of(text))
    if (line.find(part) != std::string::npos) return line;
  return "";
}

std::vector<Check> tests_that_pass(std::size_t count) {
  std::vector<Check> checks;
  for (std::size_t i = 0; i < count; ++i)
    checks.push_back(check_of("unit", "Suite.Test" + std::to_string(i), Status::pass));
  return checks;
}

TEST(Terminal, begins_with_the_decision_and_what_was_compared) {
  const std::vector<std::string> lines = lines_of(plain(verdict_of({slowdown()})));
  EXPECT_EQ(lines[0], "FAIL  the whole in one sentence");
  EXPECT_EQ(lines[1], "  candidate  support-intents v1.1.0 (commit f27ab90c, sha256:cccccccccccc…)");
  EXPECT_EQ(lines[2], "  baseline   support-intents v1.0.0 (commit 8d3c1f0a, sha256:bbbbbbbbbbbb…)");
  EXPECT_EQ(lines.back(), "FAIL  1 check: 1 fail");
}

TEST(Terminal, shows_values_change_bounds_margin_and_why_of_a_check) {
  const std::string text = plain(verdict_of({slowdown()}));
  EXPECT_EQ(line_with(text, "status"),
            "status  gate         check           baseline → candidate  change                   margin");
  EXPECT_EQ(line_with(text, "BM_x"),
            "FAIL    performance  BM_x real_time  1.20 ms → 1.50 ms     +25.0 % (+23.5 … +26.5)  +10 %");
  EXPECT_EQ(line_with(text, "slower"), "        is 25.0 % slower, more than the margin of 10 %");
  EXPECT_THAT(text, HasSubstr("each bound holds with a confidence of 95 % by itself. margin: the worsening"));
}

TEST(Terminal, puts_what_blocks_first) {
  const std::string text = plain(
      verdict_of({accuracy(), check_of("unit", "A.Errs", Status::error),
                  slowdown("BM_unsure", Status::inconclusive), check_of("unit", "A.Fails", Status::fail)}));
  EXPECT_LT(text.find("A.Fails"), text.find("A.Errs"));
  EXPECT_LT(text.find("A.Errs"), text.find("BM_unsure"));
  EXPECT_LT(text.find("BM_unsure"), text.find("accuracy"));
}

TEST(Terminal, says_what_is_needed_and_shows_the_beginning_of_a_failures_details) {
  Check unsure = slowdown("BM_unsure", Status::inconclusive);
  unsure.needs = "about 6 more process pairs";
  Check failed = check_of("unit", "A.Fails", Status::fail);
  failed.file = "tests/a_test.cpp";
  failed.line = 71;
  for (int i = 1; i <= 20; ++i) failed.details += "detail " + std::to_string(i) + "\n";
  const std::string text = plain(verdict_of({unsure, failed}));
  EXPECT_THAT(text, HasSubstr("needs: about 6 more process pairs"));
  EXPECT_THAT(text, HasSubstr("| tests/a_test.cpp:71\n"));
  EXPECT_THAT(text, HasSubstr("| detail 8\n"));
  EXPECT_THAT(text, Not(HasSubstr("detail 9")));
  EXPECT_THAT(text, HasSubstr("| … and 12 more lines\n"));
}

TEST(Terminal, calls_an_improvement_better_and_a_waiver_waived) {
  Check better = slowdown("BM_better", Status::pass);
  better.improved = true;
  Check waived = check_of("unit", "A.Waived", Status::pass);
  waived.waiver = "a known fault (until 2026-12-31)";
  const std::string text = plain(verdict_of({better, waived}));
  EXPECT_THAT(line_with(text, "BM_better"), HasSubstr("better  performance"));
  EXPECT_THAT(line_with(text, "A.Waived"), HasSubstr("waived"));
  EXPECT_THAT(text, HasSubstr("(waived: a known fault (until 2026-12-31))"));
  EXPECT_THAT(text, HasSubstr("2 checks: 1 waived, 1 better\n"));
}

TEST(Terminal, shows_and_counts_flaky_tests) {
  std::vector<Check> checks(5, check_of("unit", "A.a", Status::pass));
  checks.push_back(retried("A.flaky", Status::pass));
  const std::string text = plain(verdict_of(checks));
  EXPECT_THAT(text, HasSubstr("A.flaky"));
  EXPECT_THAT(text, HasSubstr("passes only at attempt 3"));
  EXPECT_THAT(text, HasSubstr("6 checks: 1 flaky, 5 pass"));
  EXPECT_THAT(text, HasSubstr("note: A.flaky: flaky, did not pass at first: expected 3, got 2"));
}

TEST(Terminal, counts_tests_that_pass_in_one_row) {
  std::vector<Check> checks = tests_that_pass(10000);
  checks.push_back(check_of("unit", "Suite.Broken", Status::fail));
  const std::string text = plain(verdict_of(checks));
  EXPECT_THAT(text, HasSubstr("pass    unit  10,000 tests\n"));
  EXPECT_LT(lines_of(text).size(), 12u);
  EXPECT_LT(text.find("Suite.Broken"), text.find("10,000 tests"));
}

TEST(Terminal, counts_many_slices_in_one_row_and_names_the_rest) {
  std::vector<Check> checks = {accuracy()};
  for (int i = 0; i < 10; ++i) checks.push_back(accuracy("l" + std::to_string(i)));
  checks.push_back(accuracy("zh", Status::fail));
  const std::string text = plain(verdict_of(checks));
  EXPECT_THAT(text, HasSubstr("accuracy by lang: 10 slices"));
  EXPECT_THAT(text, HasSubstr("accuracy [lang=zh]"));
  EXPECT_THAT(text, Not(HasSubstr("lang=l3")));
  EXPECT_THAT(plain(verdict_of(checks), 100, true), HasSubstr("accuracy [lang=l3]"));
}

TEST(Terminal, never_counts_away_a_check_that_blocks_without_saying_so) {
  std::vector<Check> checks;
  for (int i = 0; i < 10000; ++i) checks.push_back(check_of("unit", "S.T" + std::to_string(i), Status::fail));
  const std::string text = plain(verdict_of(checks));
  EXPECT_THAT(text, HasSubstr("S.T39"));
  EXPECT_THAT(text, Not(HasSubstr("S.T40")));
  EXPECT_THAT(text, HasSubstr("… and 9,960 more"));
  EXPECT_THAT(plain(verdict_of(checks), 100, true), HasSubstr("S.T9999"));
}

TEST(Terminal, says_first_release_and_never_names_a_comparison) {
  Check limit = accuracy();
  limit.effect.reset();
  limit.margin.reset();
  limit.baseline.reset();
  limit.limit = Limit{Limit::Kind::minimum, 0.85};
  Verdict verdict = verdict_of({limit, check_of("performance", "BM_x", Status::not_compared)});
  verdict.baseline.reset();
  verdict.first_release = true;
  const std::string text = plain(verdict);
  EXPECT_THAT(text, HasSubstr("baseline   FIRST RELEASE, NO BASELINE: judged by absolute limits alone"));
  EXPECT_THAT(text, HasSubstr("not compared  performance  BM_x"));
  EXPECT_EQ(lines_of(text).back(), "pass  2 checks: 1 pass, 1 not compared (first release, no baseline)");
}

TEST(Terminal, shows_the_worse_where_status_and_checks_contradict_each_other) {
  Verdict verdict = verdict_of({slowdown()});
  verdict.status = Status::pass;
  const std::string text = plain(verdict);
  EXPECT_THAT(text, testing::StartsWith("FAIL  "));
  EXPECT_THAT(text, HasSubstr("WARNING"));
  Verdict empty = verdict_of({});
  empty.status = Status::pass;
  EXPECT_THAT(plain(empty), testing::StartsWith("ERROR  "));
  EXPECT_EQ(lines_of(plain(empty)).back(), "ERROR  no checks");
}

TEST(Terminal, names_gates_that_were_left_out_and_tells_a_warning_once) {
  Check first = slowdown("a"), second = slowdown("b");
  first.warnings = second.warnings = {"not interleaved"};
  Verdict verdict = verdict_of({first, second});
  verdict.left_out = {"quality", "latency"};
  verdict.warnings = {"the machine has 2 cores"};
  const std::string text = plain(verdict);
  EXPECT_THAT(text, HasSubstr("left out: quality, latency (not asked for, not judged)\n"));
  EXPECT_THAT(text, HasSubstr("note: the machine has 2 cores\n"));
  EXPECT_THAT(text, HasSubstr("note: a and 1 more check: not interleaved\n"));
}

TEST(Terminal, aligns_names_of_wide_and_combining_characters) {
  Check chinese = accuracy(), accented = accuracy(), latin = accuracy();
  chinese.slice = {{"语言", "中文"}};
  accented.slice = {{"ville", "Zu\xcc\x88rich"}};
  latin.slice = {{"lang", "en"}};
  const std::string text = plain(verdict_of({chinese, accented, latin}));
  const auto place = [&](const std::string& part) {
    const std::string line = line_with(text, part);
    return columns(line.substr(0, line.find("95.3 %")));
  };
  EXPECT_EQ(place("中文"), place("lang=en"));
  EXPECT_EQ(place("rich"), place("lang=en"));
}

TEST(Terminal, is_never_wider_than_asked_and_never_moves_the_cursor) {
  std::vector<Verdict> verdicts = {hostile_verdict(), verdict_of({slowdown(), accuracy("zh"), accuracy()})};
  verdicts.push_back(
      verdict_of({slowdown("BM_" + std::string(300, 'x')), accuracy("中文中文中文中文中文中文中文中文")}));
  verdicts[2].sentence = std::string(500, 'y');
  for (const Verdict& verdict : verdicts)
    for (const std::size_t width : {40, 41, 55, 63, 72, 80, 93, 100, 120, 160, 300})
      for (const bool all : {false, true})
        for (const std::string& line : lines_of(plain(verdict, width, all))) {
          EXPECT_LE(columns(line), width) << line;
          EXPECT_TRUE(is_printable(line)) << line;
          EXPECT_FALSE(line.ends_with(' ')) << line;
        }
}

TEST(Terminal, shows_all_numbers_at_every_width) {
  Check failed = check_of("unit", "Featurizer.SurvivesInvalidUtf8", Status::fail);
  const Verdict verdict =
      verdict_of({failed, slowdown("BM_featurize/64 real_time"), accuracy("zh", Status::inconclusive)});
  for (std::size_t width = 40; width < 160; ++width) {
    const std::string text = plain(verdict, width);
    for (const char* part :
         {"1.20 ms → 1.50", "+25.0 %", "(+23.5 … +26.5)", "+10 %", "95.3 % → 94.9", "−0.4 pp", "−1 pp"})
      EXPECT_THAT(text, HasSubstr(part)) << width;
  }
}

TEST(Terminal, colours_by_standing_and_only_when_asked) {
  const Verdict verdict = verdict_of({slowdown(), accuracy()});
  const std::string coloured = terminal_text(verdict, {100, true, false});
  EXPECT_THAT(coloured, HasSubstr("\033[1;31mFAIL\033[0m"));
  EXPECT_THAT(coloured, HasSubstr("\033[32mpass\033[0m"));
  EXPECT_THAT(plain(verdict), Not(HasSubstr("\033")));
  std::string without;
  for (std::size_t i = 0; i < coloured.size();) {
    if (coloured[i] == '\033') {
      i = coloured.find('m', i) + 1;
      continue;
    }
    without += coloured[i++];
  }
  EXPECT_EQ(without, plain(verdict));
}

TEST(Terminal, says_first_and_last_why_doubt_does_not_block) {
  Verdict verdict = verdict_of({accuracy("", Status::inconclusive), check_of("unit", "A.b", Status::pass)});
  verdict.inconclusive = InconclusivePolicy{InconclusiveAction::warn, "branch x is no release branch"};
  EXPECT_THAT(lines_of(plain(verdict)).back(),
              HasSubstr("1 cannot tell, 1 pass; does not block: branch x is no release branch"));
  verdict.inconclusive->action = InconclusiveAction::block;
  EXPECT_THAT(plain(verdict), Not(HasSubstr("does not block")));
}

TEST(Terminal, tells_many_failures_of_a_gate_in_brief) {
  std::vector<Check> checks;
  for (int i = 0; i < 500; ++i) {
    checks.push_back(slowdown("BM_" + std::to_string(i)));
    checks.push_back(check_of("unit", "Suite.Test" + std::to_string(i), Status::fail));
    checks.back().details = "first\nsecond\nthird";
  }
  checks.push_back(accuracy("zh", Status::fail));
  const std::string text = plain(verdict_of(checks));
  EXPECT_THAT(text, HasSubstr("accuracy [lang=zh]")) << "no gate hides another";
  EXPECT_THAT(text, HasSubstr("… and 460 more"));
  EXPECT_LT(lines_of(text).size(), 160u);
  const auto count = [&](const std::string& part) {
    const std::vector<std::string> lines = lines_of(text);
    return std::count_if(lines.begin(), lines.end(),
                         [&](const std::string& line) { return line.find(part) != std::string::npos; });
  };
  EXPECT_EQ(count("is 25.0 % slower"), 5);
  EXPECT_EQ(count("| third"), 5);
  EXPECT_EQ(count("| first"), 40);
}

TEST(Terminal, sets_what_is_well_apart_and_says_where_more_stands) {
  const std::string text = plain(verdict_of({slowdown(), accuracy()}));
  EXPECT_THAT(text, HasSubstr("\n\npass    quality"));
  EXPECT_THAT(text, HasSubstr("modelgate explain VERDICT [CHECK]\n"));
  EXPECT_THAT(plain(verdict_of({accuracy()})), Not(HasSubstr("modelgate explain")));
}

TEST(Terminal, counts_the_notes_of_how_it_was_measured) {
  Verdict verdict = verdict_of({accuracy()});
  verdict.warnings = {"candidate: a", "candidate: b", "candidate: c", "a waiver ended"};
  EXPECT_THAT(plain(verdict), HasSubstr("note: a waiver ended\nnote: 3 more of how it was measured"));
  EXPECT_THAT(plain(verdict), Not(HasSubstr("candidate: b")));
  EXPECT_THAT(plain(verdict, 100, true), HasSubstr("note: candidate: c\n"));
}

}  // namespace
}  // namespace modelgate
