#include "reporters/explain/explanation.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "reporters/wording/text.h"
#include "schemas/tool/printable.h"
#include "tests/reporters/verdicts.h"
#include "tests/schemas/fixtures/example_documents.h"

namespace modelgate {
namespace {

using testing::HasSubstr;
using testing::Not;

const VerdictFile file{"gate-results/verdict.json", true};

std::string whole(const Verdict& verdict, std::size_t width = 80) {
  return explanation_text(explain_verdict(verdict, file), width, false);
}

std::string one(const Verdict& verdict, const Check& check, std::size_t width = 80) {
  return explanation_text(explain_check(verdict, check, file), width, false);
}

/// Without line ends, so that a sentence is found wherever it is broken.
std::string flowing(const std::string& text) {
  std::istringstream words(text);
  std::string all;
  for (std::string word; words >> word;) all += (all.empty() ? "" : " ") + word;
  return all;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

Check failing(const std::string& name, const std::string& reason = "regression_proven") {
  Check check = slowdown(name);
  check.reason = reason;
  return check;
}

TEST(ExplainVerdict, begins_with_the_exit_code_and_what_it_means) {
  EXPECT_EQ(lines_of(whole(verdict_of({slowdown()})))[0],
            "FAIL  exit code 1: the candidate may not replace the baseline");
  EXPECT_EQ(lines_of(whole(verdict_of({accuracy()})))[0],
            "pass  exit code 0: the candidate may replace the baseline");
  EXPECT_THAT(whole(verdict_of({})), HasSubstr("exit code 4: it could not be judged"));
}

TEST(ExplainVerdict, says_what_was_compared) {
  const std::string text = whole(verdict_of({accuracy()}));
  EXPECT_THAT(text, HasSubstr("candidate  support-intents v1.1.0 (commit f27ab90c"));
  EXPECT_THAT(text, HasSubstr("baseline   support-intents v1.0.0"));
}

TEST(ExplainVerdict, puts_many_failures_of_one_kind_into_one_section) {
  std::vector<Check> checks;
  for (int i = 0; i < 500; ++i) checks.push_back(failing("BM_" + std::to_string(i)));
  checks.push_back(accuracy("zh", Status::fail));
  for (int i = 0; i < 9500; ++i)
    checks.push_back(check_of("unit", "Suite.T" + std::to_string(i), Status::pass));
  const std::string text = whole(verdict_of(checks));
  EXPECT_THAT(text, HasSubstr("1. FAIL: performance, 500 checks (regression_proven)"));
  EXPECT_THAT(text, HasSubstr("… and 497 more"));
  EXPECT_THAT(text, HasSubstr("2. FAIL: quality, 1 check"));
  EXPECT_LT(lines_of(text).size(), 90u);
}

TEST(ExplainVerdict, puts_the_worst_first_whatever_the_order_of_the_checks) {
  Check undecided = accuracy("", Status::inconclusive), error = check_of("regression", "out", Status::error);
  undecided.reason = "cannot_tell";
  const std::string text = whole(verdict_of({accuracy("en"), undecided, error, slowdown()}));
  const std::size_t fail = text.find("1. FAIL: performance"), missing = text.find("2. ERROR: regression"),
                    open = text.find("3. cannot tell: quality");
  EXPECT_NE(fail, std::string::npos);
  EXPECT_LT(fail, missing);
  EXPECT_LT(missing, open);
  EXPECT_NE(open, std::string::npos);
}

TEST(ExplainVerdict, leaves_out_kinds_of_trouble_that_nobody_reads_and_says_so) {
  std::vector<Check> checks;
  for (int i = 0; i < 300; ++i) checks.push_back(failing("x", "reason_" + std::to_string(i)));
  const std::string text = whole(verdict_of(checks));
  EXPECT_THAT(flowing(text), HasSubstr("280 more kinds of trouble, less urgent than these, left out here"));
}

TEST(ExplainVerdict, says_whether_what_cannot_be_decided_blocks) {
  Check undecided = accuracy("", Status::inconclusive);
  undecided.reason = "cannot_tell";
  Verdict verdict = verdict_of({undecided, accuracy("en")});
  EXPECT_THAT(flowing(whole(verdict)), HasSubstr("names no policy that lets it warn"));
  verdict.inconclusive = InconclusivePolicy{InconclusiveAction::block, "tag v1 is a release"};
  EXPECT_THAT(flowing(whole(verdict)), HasSubstr("What cannot be decided blocks here: tag v1 is a release."));
  EXPECT_THAT(whole(verdict), HasSubstr("exit code 3"));
  verdict.inconclusive = InconclusivePolicy{InconclusiveAction::warn, "branch x is no release branch"};
  EXPECT_THAT(flowing(whole(verdict)), HasSubstr("only warns here: branch x is no release branch."));
  EXPECT_THAT(whole(verdict), HasSubstr("exit code 0: it cannot be told yet, and here that only warns"));
  verdict.checks.pop_back();
  EXPECT_THAT(flowing(whole(verdict)), HasSubstr("but no check passes by itself"));
  EXPECT_THAT(whole(verdict), HasSubstr("exit code 3"));
  verdict.gate = "quality";
  verdict.inconclusive.reset();
  EXPECT_THAT(flowing(whole(verdict)), HasSubstr("A single gate knows no policy"));
}

TEST(ExplainVerdict, names_what_was_left_out_waived_and_never_compared) {
  Check waived = accuracy("zh");
  waived.waiver = "known since May (until 2026-12-31)";
  waived.reason = "regression_proven";
  Verdict verdict = verdict_of({waived, accuracy(), check_of("unit", "A.B", Status::not_compared)});
  verdict.left_out = {"performance"};
  verdict.first_release = true;
  verdict.baseline.reset();
  const std::string text = flowing(whole(verdict));
  EXPECT_THAT(text, HasSubstr("1 failure is waived"));
  EXPECT_THAT(text, HasSubstr("waived: known since May"));
  EXPECT_THAT(text, HasSubstr("Left out, because it was not asked for: performance."));
  EXPECT_THAT(text, HasSubstr("This is the first release"));
  EXPECT_THAT(text, HasSubstr("What was not compared counts for nothing."));
  EXPECT_THAT(text, Not(HasSubstr("modelgate-baseline promote"))) << "a part of the gates releases nothing";
}

TEST(ExplainVerdict, of_a_contradiction_counts_the_worse) {
  Verdict verdict = verdict_of({slowdown()});
  verdict.status = Status::pass;
  const std::string text = flowing(whole(verdict));
  EXPECT_THAT(text, HasSubstr("exit code 1"));
  EXPECT_THAT(text, HasSubstr("Warning: the document says 'pass'"));
}

TEST(ExplainVerdict, offers_commands_that_fit_the_plan) {
  EXPECT_THAT(whole(verdict_of({failing("BM_x")})), HasSubstr("    modelgate run --only performance\n"));
  EXPECT_THAT(whole(verdict_of({accuracy()})),
              HasSubstr("    modelgate-baseline promote v1.1.0 --verdict gate-results/verdict.json\n"));
  EXPECT_THAT(whole(verdict_of({failing("BM_x y")})),
              HasSubstr("    modelgate explain gate-results/verdict.json 'performance/BM_x y'\n"));
  Verdict alone = verdict_of({failing("BM_x")});
  alone.gate = "performance";
  EXPECT_THAT(whole(alone), Not(HasSubstr("modelgate run"))) << "a single gate has no plan";
}

TEST(ExplainVerdict, shows_the_ends_of_the_logs_where_they_lie) {
  const Check error = [] {
    Check check = check_of("regression", "verdict", Status::error);
    check.reason = "verdict_missing";
    return check;
  }();
  EXPECT_THAT(whole(verdict_of({error})), HasSubstr("    tail -n 20 gate-results/logs/*.err\n"));
  const Explanation blank = explain_verdict(verdict_of({error}), {"my results/verdict.json", true});
  EXPECT_THAT(explanation_text(blank, 80, false), HasSubstr("    tail -n 20 'my results/logs'/*.err\n"));
  const Explanation none = explain_verdict(verdict_of({error}), {"verdict.json", false});
  EXPECT_THAT(explanation_text(none, 80, false), Not(HasSubstr("tail")));
}

TEST(ExplainVerdict, offers_no_command_with_what_cannot_be_typed) {
  for (const char* name : {"a\nrm -rf ~", "\x1b[2J", "--output=/etc/passwd"}) {
    Check check = failing("x");
    check.gate = name;
    const std::string text = whole(verdict_of({check}));
    EXPECT_THAT(text, Not(HasSubstr("modelgate explain"))) << name;
    EXPECT_THAT(text, Not(HasSubstr("--only"))) << name;
  }
  Check check = failing("$(reboot) `id` 'x'");
  EXPECT_THAT(whole(verdict_of({check}), 200), HasSubstr(R"('performance/$(reboot) `id` '\''x'\''')"));
}

TEST(ExplainVerdict, no_line_is_wider_than_asked_for_but_commands) {
  for (const std::size_t width : {40u, 60u, 80u, 100u})
    for (const Verdict& verdict : {hostile_verdict(), verdict_of({slowdown(), accuracy("zh", Status::fail)})})
      for (const std::string& line : lines_of(whole(verdict, width))) {
        EXPECT_TRUE(is_printable(line)) << line;
        if (!line.starts_with("    ")) {
          EXPECT_LE(columns(line), width) << line;
        }
      }
}

TEST(ExplainCheck, tells_values_change_bounds_and_margin_in_words) {
  const std::string text = flowing(one(verdict_of({failing("BM_x")}), failing("BM_x")));
  EXPECT_THAT(text, HasSubstr("baseline → candidate 1.20 ms → 1.50 ms"));
  EXPECT_THAT(text, HasSubstr("change +25.0 % (a worsening: less is better)"));
  EXPECT_THAT(text, HasSubstr("margin +10 % (the worsening that is tolerated)"));
  EXPECT_THAT(text,
              HasSubstr("With a confidence of 95 % the true change is not below +23.5 %, and with the same "
                        "confidence not above +26.5 %."));
  EXPECT_THAT(text, HasSubstr("in at most 5 % of measurements like this one"));
  EXPECT_THAT(text,
              HasSubstr("Even the mildest change that the bounds allow, +23.5 %, is beyond the margin."));
}

TEST(ExplainCheck, compares_bounds_in_the_direction_that_is_worse) {
  Check pass = accuracy();
  pass.reason = "non_inferiority_proven";
  EXPECT_THAT(flowing(one(verdict_of({pass}), pass)),
              HasSubstr("Even the worst change that the bounds allow, −0.9 pp, is within the margin."));
  Check open = accuracy("", Status::inconclusive);
  open.effect->lower = -1.5;
  open.reason = "cannot_tell";
  EXPECT_THAT(flowing(one(verdict_of({open}), open)),
              HasSubstr("The truth may be +0.1 pp, within the margin, or −1.5 pp, beyond it."));
}

TEST(ExplainCheck, says_nothing_of_bounds_that_the_status_does_not_rest_on) {
  Check check = accuracy();  // passes, and its bound is outside the margin: another rule decided
  check.effect->lower = -3;
  check.reason = "non_inferiority_proven";
  EXPECT_THAT(flowing(one(verdict_of({check}), check)), Not(HasSubstr("Even the")));
  check.direction = Direction::none;
  EXPECT_THAT(flowing(one(verdict_of({check}), check)), Not(HasSubstr("worsening:")));
}

TEST(ExplainCheck, tells_the_p_values_with_and_without_correction) {
  Check check = failing("BM_x");
  check.method = "Tango score interval";
  check.p_regression = 6.5e-6;
  check.p_corrected = 0.00013;
  check.p_non_inferiority = 1;
  const std::string text = flowing(one(verdict_of({check}), check));
  EXPECT_THAT(text, HasSubstr("p = 6.5e-06 against the margin"));
  EXPECT_THAT(text, HasSubstr("(Holm) it is 0.00013"));
  EXPECT_THAT(text, HasSubstr("p = 1 for the margin"));
  check.method = "counted";
  EXPECT_THAT(flowing(one(verdict_of({check}), check)), Not(HasSubstr("p = "))) << "nothing is estimated";
}

TEST(ExplainCheck, tells_cross_check_looks_attempts_and_warnings) {
  Check check = retried("Suite.Test", Status::pass);
  check.reason = "flaky";
  std::string text = flowing(one(verdict_of({check}), check));
  EXPECT_THAT(text, HasSubstr("attempt 1: failed after 500 ms: expected 3, got 2"));
  EXPECT_THAT(text, HasSubstr("attempt 3: passed after 500 ms"));
  EXPECT_THAT(text, HasSubstr("note: flaky, did not pass at first"));
  check = failing("BM_x");
  check.cross_check = CrossCheck{"Student's t", 24.5, 0.001, 0.999};
  check.looks = {{12, 0.62, 0.46, 0.54}};
  text = flowing(one(verdict_of({check}), check));
  EXPECT_THAT(text, HasSubstr("Student's t says +24.5 %, p = 0.001 against and 1 for the margin"));
  EXPECT_THAT(text, HasSubstr("at 12: share 62 %, p = 0.46 against"));
}

TEST(ExplainCheck, of_a_foreign_gate_claims_nothing) {
  Check check = check_of("mine", "thing", Status::fail, "it is bad");
  check.method = "augury by birds";
  check.reason = "birds_flew_left";
  const std::string text = flowing(one(verdict_of({check}), check));
  EXPECT_THAT(text, HasSubstr("There are no plainer words here for 'augury by birds'."));
  EXPECT_THAT(text, HasSubstr("This code is not known here"));
}

TEST(ExplainCheck, shows_what_is_missing_and_how_to_let_a_known_failure_through) {
  Check open = accuracy("zh", Status::inconclusive);
  open.reason = "cannot_tell";
  open.needs = "about 6,200 more rows";
  EXPECT_THAT(one(verdict_of({open}), open), HasSubstr("needs  about 6,200 more rows"));
  Check fail = accuracy("zh", Status::fail);
  fail.reason = "regression_proven";
  EXPECT_THAT(one(verdict_of({fail}), fail), HasSubstr("  - {check: \"quality/accuracy[lang=zh]\", reason:"));
  EXPECT_THAT(one(verdict_of({open}), open), Not(HasSubstr("waivers:"))) << "only a failure can be waived";
}

TEST(ExplainCheck, every_check_of_every_example_reads_within_80_columns) {
  std::size_t checks = 0;
  for (const auto& path : examples("verdict")) {
    const Verdict verdict = read_verdict(path);
    for (const Check& check : verdict.checks) {
      ++checks;
      const std::string text = one(verdict, check);
      EXPECT_THAT(text, HasSubstr("\nWhy ")) << text;
      EXPECT_THAT(text, Not(HasSubstr("not known here"))) << text;
      for (const std::string& line : lines_of(text))
        if (!line.starts_with("    ")) {
          EXPECT_LE(columns(line), 80u) << line;
        }
    }
  }
  EXPECT_GT(checks, 20u);
}

TEST(ExplainJson, has_codes_and_the_same_sections) {
  const Verdict verdict = verdict_of({failing("BM_a"), failing("BM_b"), accuracy()});
  const auto all = nlohmann::json::parse(explanation_json(explain_verdict(verdict, file), verdict, nullptr));
  EXPECT_EQ(all["schema"], "modelgate/explanation");
  EXPECT_EQ(all["exit_code"], 1);
  EXPECT_EQ(all["troubles"].size(), 1u);
  EXPECT_EQ(all["troubles"][0]["checks"][1], "performance/BM_b");
  EXPECT_GE(all["sections"].size(), 3u);
  const Check& check = verdict.checks[0];
  const auto single =
      nlohmann::json::parse(explanation_json(explain_check(verdict, check, file), verdict, &check));
  EXPECT_EQ(single["check"]["address"], "performance/BM_a");
  EXPECT_EQ(single["check"]["reason"], "regression_proven");
  const Verdict hostile = hostile_verdict();
  EXPECT_TRUE(nlohmann::json::accept(explanation_json(explain_verdict(hostile, file), hostile, nullptr)));
}

}  // namespace
}  // namespace modelgate
