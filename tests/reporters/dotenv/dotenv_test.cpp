#include "reporters/dotenv/dotenv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "schemas/tool/printable.h"
#include "tests/reporters/verdicts.h"

namespace modelgate {
namespace {

using testing::HasSubstr;
using testing::Not;

/// As GitLab and a runner read it: a name, the first '=', the rest of the line. Fails for any other line.
std::map<std::string, std::string> read(const std::string& text) {
  std::map<std::string, std::string> values;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t equals = line.find('=');
    EXPECT_NE(equals, std::string::npos) << line;
    const std::string name = line.substr(0, equals);
    EXPECT_EQ(name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_"), std::string::npos) << line;
    EXPECT_TRUE(values.emplace(name, line.substr(equals + 1)).second) << name << " twice";
  }
  return values;
}

TEST(Dotenv, says_what_a_later_job_asks_for) {
  auto values = read(dotenv_text(verdict_of({slowdown(), accuracy("zh"), retried("A.b", Status::pass)})));
  EXPECT_EQ(values["MODELGATE_STATUS"], "fail");
  EXPECT_EQ(values["MODELGATE_EXIT_CODE"], "1");
  EXPECT_EQ(values["MODELGATE_SENTENCE"], "the whole in one sentence");
  EXPECT_EQ(values["MODELGATE_CHECKS"], "3");
  EXPECT_EQ(values["MODELGATE_PASS"], "2");
  EXPECT_EQ(values["MODELGATE_FAIL"], "1");
  EXPECT_EQ(values["MODELGATE_FLAKY"], "1");
  EXPECT_EQ(values["MODELGATE_INCONCLUSIVE"], "0");
  EXPECT_EQ(values["MODELGATE_CANDIDATE"], "v1.1.0");
  EXPECT_EQ(values["MODELGATE_BASELINE"], "v1.0.0");
  EXPECT_EQ(values["MODELGATE_CANDIDATE_DIGEST"], "sha256:" + std::string(64, 'c'));
  EXPECT_EQ(values["MODELGATE_FIRST_RELEASE"], "false");
}

TEST(Dotenv, leaves_out_what_has_no_value) {
  Verdict verdict = verdict_of({check_of("unit", "A.B", Status::pass)});
  verdict.baseline.reset();
  const std::string text = dotenv_text(verdict);
  EXPECT_THAT(text, Not(HasSubstr("BASELINE")));
  EXPECT_THAT(text, Not(HasSubstr("PLAN_DIGEST")));
}

TEST(Dotenv, has_the_exit_code_of_a_pass_only_where_the_verdict_does_not_block) {
  Verdict verdict = verdict_of({accuracy(), slowdown("i", Status::inconclusive)});
  EXPECT_EQ(read(dotenv_text(verdict))["MODELGATE_EXIT_CODE"], "3");
  verdict.inconclusive = InconclusivePolicy{InconclusiveAction::warn, "so"};
  EXPECT_EQ(read(dotenv_text(verdict))["MODELGATE_EXIT_CODE"], "0");
  EXPECT_EQ(read(dotenv_text(verdict))["MODELGATE_STATUS"], "inconclusive");
  Verdict forged = verdict_of({slowdown()});
  forged.status = Status::pass;
  EXPECT_EQ(read(dotenv_text(forged))["MODELGATE_EXIT_CODE"], "1");
  EXPECT_THAT(read(dotenv_text(forged))["MODELGATE_SENTENCE"], HasSubstr("not written by a gate"));
}

TEST(Dotenv, holds_nothing_that_a_reader_would_expand_or_take_for_another_line) {
  for (const std::string& text : hostile_texts) {
    Verdict verdict = verdict_of({slowdown()});
    verdict.sentence = verdict.candidate.version = verdict.baseline->version =
        text + " $CI_JOB_TOKEN `id` ${X}";
    verdict.plan_digest = verdict.candidate.digest = text;
    const std::string written = dotenv_text(verdict);
    EXPECT_EQ(written.find_first_of("$`\r\t"), std::string::npos) << written;
    EXPECT_TRUE(is_utf8(written));
    auto values = read(written);
    EXPECT_EQ(values["MODELGATE_STATUS"], "fail");
    EXPECT_THAT(values["MODELGATE_SENTENCE"], HasSubstr("\\x24CI_JOB_TOKEN \\x60id\\x60"));
  }
}

TEST(Dotenv, stays_within_the_limits_of_gitlab_however_long_everything_is) {
  Verdict verdict = verdict_of({slowdown()});
  const std::string endless = std::string(100'000, '$') + std::string(100'000, '\x01');
  verdict.sentence = verdict.plan_digest = verdict.candidate.version = verdict.candidate.digest = endless;
  verdict.baseline->version = verdict.baseline->digest = endless;
  const std::string text = dotenv_text(verdict);
  EXPECT_LE(text.size(), most_dotenv_bytes);
  const auto values = read(text);
  EXPECT_LE(values.size(), most_dotenv_variables);
  EXPECT_EQ(values.size(), 17u);
}

}  // namespace
}  // namespace modelgate
