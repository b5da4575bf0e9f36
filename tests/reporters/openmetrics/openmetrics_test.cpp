#include "reporters/openmetrics/openmetrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "schemas/tool/printable.h"
#include "tests/reporters/verdicts.h"

namespace modelgate {
namespace {

using testing::HasSubstr;
using testing::Not;

/// As GitLab reads it: a '#' begins a comment wherever it stands, and the rest is split like a shell's words.
std::map<std::string, std::string> as_gitlab(const std::string& text) {
  std::map<std::string, std::string> metrics;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    line = line.substr(0, line.find('#'));
    std::vector<std::string> words(1);
    bool in_quotes = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (line[i] == '\\' && i + 1 < line.size())
        words.back() += line[++i];
      else if (line[i] == '"')
        in_quotes = !in_quotes;
      else if (line[i] == ' ' && !in_quotes)
        words.emplace_back();
      else
        words.back() += line[i];
    }
    EXPECT_FALSE(in_quotes) << line;
    if (words.front().empty()) continue;
    EXPECT_EQ(words.size(), 2u) << line;
    EXPECT_TRUE(metrics.emplace(words[0], words[1]).second) << line;
  }
  return metrics;
}

/// Every line is what OpenMetrics' grammar allows, families stand together, and the end is marked.
void expect_open_metrics(const std::string& text) {
  const std::string label = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\]|\\\\[\\\\\"n])*\"";
  const std::regex sample("([a-z_]+)(?:\\{" + label + "(?:," + label +
                          ")*\\})? (-?[0-9.]+(?:e[+-]?[0-9]+)?)");
  const std::regex about("# (?:TYPE ([a-z_]+) gauge|HELP ([a-z_]+) [^\\\\]+)");
  ASSERT_TRUE(text.ends_with("\n# EOF\n"));
  EXPECT_TRUE(is_utf8(text));
  std::set<std::string> families;
  std::string family;
  std::istringstream lines(text.substr(0, text.size() - 6));
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (std::regex_match(line, match, about)) {
      if (!match[1].matched) continue;
      family = match[1];
      EXPECT_TRUE(families.insert(family).second) << family << " stands in two places";
    } else {
      ASSERT_TRUE(std::regex_match(line, match, sample)) << line;
      EXPECT_EQ(match[1], family) << line;
    }
  }
}

TEST(OpenMetrics, says_the_numbers_of_each_check) {
  const std::string text = openmetrics_text(verdict_of({slowdown("BM_x real_time"), accuracy("zh")}));
  expect_open_metrics(text);
  EXPECT_THAT(text, HasSubstr("modelgate_exit_code 1\n"));
  EXPECT_THAT(text, HasSubstr("modelgate_checks{standing=\"fail\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("modelgate_checks{standing=\"flaky\"} 0\n"));
  EXPECT_THAT(
      text,
      HasSubstr(
          "modelgate_check_candidate{gate=\"performance\",check=\"BM_x real_time\",unit=\"s\"} 0.0015\n"));
  EXPECT_THAT(text, HasSubstr("modelgate_check_change{gate=\"quality\",check=\"accuracy\",slice=\"lang=zh\","
                              "unit=\"points\"} -0.4\n"));
  EXPECT_THAT(text, HasSubstr("modelgate_check_margin{gate=\"performance\",check=\"BM_x real_time\","
                              "unit=\"percent\"} 10\n"));
}

TEST(OpenMetrics, is_read_by_gitlab_by_name_and_labels) {
  const auto metrics = as_gitlab(openmetrics_text(verdict_of({slowdown("BM_x real_time")})));
  EXPECT_EQ(metrics.at("modelgate_check_baseline{gate=performance,check=BM_x real_time,unit=s}"), "0.0012");
  EXPECT_EQ(metrics.at("modelgate_exit_code"), "1");
}

TEST(OpenMetrics, says_nothing_of_a_check_without_numbers) {
  EXPECT_THAT(openmetrics_text(verdict_of({check_of("unit", "A.B", Status::pass)})),
              Not(HasSubstr("modelgate_check_")));
}

TEST(OpenMetrics, is_well_formed_whatever_the_verdict_holds) {
  const std::string text = openmetrics_text(hostile_verdict());
  expect_open_metrics(text);
  EXPECT_FALSE(as_gitlab(text).empty());
}

TEST(OpenMetrics, says_a_check_that_stands_there_twice_once) {
  const std::string text = openmetrics_text(verdict_of({slowdown(), slowdown()}));
  expect_open_metrics(text);
  EXPECT_EQ(as_gitlab(text).size(), as_gitlab(openmetrics_text(verdict_of({slowdown()}))).size());
}

TEST(OpenMetrics, of_ten_thousand_checks_tells_those_that_do_not_pass_first) {
  std::vector<Check> checks;
  for (int i = 0; i < 10'000; ++i)
    checks.push_back(slowdown("b" + std::to_string(i), i < 9'500 ? Status::pass : Status::fail));
  const std::string text = openmetrics_text(verdict_of(checks));
  EXPECT_LT(text.size(), 4u << 20);
  EXPECT_THAT(text, HasSubstr("modelgate_checks{standing=\"fail\"} 500\n"));
  EXPECT_THAT(text, HasSubstr("modelgate_check_candidate{gate=\"performance\",check=\"b9999\""));
  EXPECT_THAT(text, Not(HasSubstr("check=\"b9499\"")));
}

}  // namespace
}  // namespace modelgate
