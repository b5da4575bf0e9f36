#include "reporters/annotations/workflow_commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "schemas/tool/printable.h"
#include "tests/reporters/verdicts.h"

namespace modelgate {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

/// A command as a runner understands it.
struct Command {
  std::string kind, message;
  std::map<std::string, std::string> properties;
};

std::string unescaped(std::string text) {
  for (const auto& [from, to] : {std::pair<std::string, std::string>{"%0D", "\r"},
                                 {"%0A", "\n"},
                                 {"%3A", ":"},
                                 {"%2C", ","},
                                 {"%25", "%"}})
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
      text.replace(at, from.size(), to);
  return text;
}

/// Fails for a line that is no command, and for more of a kind, or longer ones, than are shown.
std::vector<Command> run_by_runner(const std::string& text) {
  std::vector<Command> commands;
  std::map<std::string, std::size_t> counts;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_THAT(line, StartsWith("::"));
    const std::size_t end = line.find("::", 2), blank = line.find(' ');
    EXPECT_LT(blank, end);
    Command command{line.substr(2, blank - 2), unescaped(line.substr(end + 2)), {}};
    std::istringstream properties(line.substr(blank + 1, end - blank - 1));
    for (std::string property; std::getline(properties, property, ',');) {
      const std::size_t equals = property.find('=');
      command.properties[property.substr(0, equals)] = unescaped(property.substr(equals + 1));
    }
    EXPECT_TRUE(command.kind == "error" || command.kind == "warning" || command.kind == "notice") << line;
    EXPECT_LE(++counts[command.kind], most_annotations_of_a_kind);
    EXPECT_LE(command.message.size(), longest_annotation);
    EXPECT_TRUE(is_utf8(line));
    commands.push_back(command);
  }
  return commands;
}

TEST(WorkflowCommands, of_a_pass_are_one_notice) {
  const auto commands = run_by_runner(workflow_commands(verdict_of({accuracy()}), "."));
  ASSERT_EQ(commands.size(), 1u);
  EXPECT_EQ(commands[0].kind, "notice");
  EXPECT_EQ(commands[0].properties.at("title"), "modelgate: pass");
  EXPECT_EQ(commands[0].message, "the whole in one sentence");
}

TEST(WorkflowCommands, of_a_failure_stand_where_it_is) {
  Check test = check_of("unit", "Utf8.Overlong", Status::fail, "Utf8.Overlong: expected 3, got 2");
  test.file = "/home/me/repo/tests/utf8_test.cpp";
  test.line = 71;
  test.details = "expected 3\ngot 100%\n";
  const std::string text = workflow_commands(verdict_of({test, accuracy()}), "/home/me/repo");
  EXPECT_THAT(text, HasSubstr("::error file=tests/utf8_test.cpp,line=71,title=unit%3A Utf8.Overlong::"
                              "expected 3, got 2%0Aexpected 3%0Agot 100%25\n"));
  const auto commands = run_by_runner(text);
  ASSERT_EQ(commands.size(), 2u);
  EXPECT_EQ(commands[0].properties.at("title"), "modelgate: FAIL");
}

TEST(WorkflowCommands, of_what_is_undecided_are_errors_only_where_that_blocks) {
  Verdict verdict = verdict_of({accuracy(), slowdown("i", Status::inconclusive)});
  for (const Command& command : run_by_runner(workflow_commands(verdict, ".")))
    EXPECT_EQ(command.kind, "error");
  verdict.inconclusive = InconclusivePolicy{InconclusiveAction::warn, "branch x is no release branch"};
  const auto commands = run_by_runner(workflow_commands(verdict, "."));
  ASSERT_EQ(commands.size(), 2u);
  for (const Command& command : commands) EXPECT_EQ(command.kind, "warning");
  EXPECT_THAT(commands[0].message, HasSubstr("does not block: branch x is no release branch"));
}

TEST(WorkflowCommands, warn_of_what_was_waived_or_is_flaky) {
  Check waived = check_of("unit", "A.W", Status::pass);
  waived.waiver = "known: #12";
  const auto commands =
      run_by_runner(workflow_commands(verdict_of({waived, retried("A.F", Status::pass), accuracy()}), "."));
  ASSERT_EQ(commands.size(), 3u);
  EXPECT_EQ(commands[1].kind, "warning");
  EXPECT_THAT(commands[1].message, HasSubstr("waived: known: #12"));
}

TEST(WorkflowCommands, of_five_hundred_failures_are_ten_of_which_the_last_counts_the_rest) {
  std::vector<Check> checks;
  for (int i = 0; i < 10'000; ++i)
    checks.push_back(check_of("unit", "S.t" + std::to_string(i), i < 9'500 ? Status::pass : Status::fail));
  const auto commands = run_by_runner(workflow_commands(verdict_of(checks), "."));
  ASSERT_EQ(commands.size(), 10u);
  EXPECT_EQ(commands[9].message, "… and 492 more checks; the summary and the verdict document have them");
}

TEST(WorkflowCommands, are_ours_alone_whatever_the_verdict_holds) {
  run_by_runner(workflow_commands(hostile_verdict(), "."));
  for (const std::string& text : hostile_texts) {
    Check check = check_of("g", "n", Status::fail);
    check.gate = check.name = check.sentence = check.needs = check.file =
        text + "\n::set-output name=x::y,title=z%0A::warning::";
    check.details = text + "\n::stop-commands::x\n" + std::string(10'000, 'd') + "\n::error::forged";
    Verdict verdict = verdict_of({check});
    verdict.sentence = check.name;
    const auto commands = run_by_runner(workflow_commands(verdict, "."));
    ASSERT_EQ(commands.size(), 2u);
    for (const Command& command : commands) {
      EXPECT_EQ(command.kind, "error");
      EXPECT_EQ(command.properties.size(), 1u) << command.properties.begin()->first;
    }
  }
}

TEST(WorkflowCommands, stay_within_the_length_that_is_shown) {
  Check check = check_of("g", "n", Status::fail);
  check.sentence = check.needs = std::string(100'000, '\x01');
  for (int i = 0; i < 100; ++i) check.details += std::string(1000, '\x01') + "\n";
  run_by_runner(workflow_commands(verdict_of({check}), "."));
}

}  // namespace
}  // namespace modelgate
