#include <gmock/gmock.h>

#include <sstream>

#include "tests/schemas/tool/run_program.h"

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

namespace {

std::string printed(const std::string& arguments) {
  const Outcome outcome = run_tool_under_test(arguments);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  return outcome.out;
}

TEST(Completion, of_bash_knows_options_choices_and_what_is_a_file) {
  const std::string script = printed("--print-completion bash");
  EXPECT_THAT(script, HasSubstr("--kind) words='fast exact'; known=yes ;;"));
  EXPECT_THAT(script, HasSubstr("--output) compopt -o default; known=yes ;;"));
  EXPECT_THAT(script, HasSubstr("--note) words='fine odd'; known=yes ;;")) << "offered, and not demanded";
  EXPECT_THAT(script, HasSubstr("--fail) known=yes ;;")) << "no files for a text";
  EXPECT_EQ(run_tool_under_test("--note other").exit_code, 0);
  EXPECT_THAT(script, HasSubstr("options='--output --note --margin"));
  EXPECT_THAT(script, HasSubstr("complete -F _modelgate_example modelgate-example\n"));
}

TEST(Completion, of_zsh_and_fish_quotes_what_their_shells_read) {
  EXPECT_THAT(printed("--print-completion zsh"),
              HasSubstr("'--limit=[A demand on the candidate'\\''s own value]:VALUE: '"));
  EXPECT_THAT(printed("--print-completion fish"),
              HasSubstr("-l limit -x -d 'A demand on the candidate\\'s own value'"));
  EXPECT_THAT(printed("--print-completion fish"), HasSubstr("-l kind -x -a 'fast exact' -d"));
}

TEST(Completion, of_commands_is_by_command) {
  const std::string fish = printed("commands --print-completion fish");
  EXPECT_THAT(fish, HasSubstr("-n __fish_use_subcommand -a save -d 'Save a thing'"));
  EXPECT_THAT(fish, HasSubstr("-n '__fish_seen_subcommand_from save' -l release -x"));
  EXPECT_THAT(printed("commands --print-completion bash"), HasSubstr("arguments='save list'"));
  EXPECT_THAT(printed("commands --print-completion zsh"), HasSubstr("'save:Save a thing'"));
}

TEST(Completion, of_another_shell_is_an_error) {
  const Outcome outcome = run_tool_under_test("--print-completion fishy");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("'fishy' is none of bash, zsh, fish"));
  EXPECT_THAT(outcome.err, HasSubstr("Did you mean 'fish'?"));
}

TEST(Completion, is_asked_for_alone) {
  EXPECT_EQ(run_tool_under_test("--json --print-manual").exit_code, 2);
  EXPECT_EQ(run_tool_under_test("--print-completion").exit_code, 2);
  EXPECT_THAT(printed("--help"), Not(HasSubstr("--print-")));
}

TEST(Manual, has_every_option_and_no_line_that_roff_would_obey) {
  const std::string page = printed("--print-manual");
  EXPECT_THAT(page, HasSubstr(".BI \"\\-\\-kind \" \"fast|exact\"\nHow it is done (default: fast)\n"));
  EXPECT_THAT(page, HasSubstr("modelgate\\-example \\- Says what it was told"));
  EXPECT_THAT(page,
              HasSubstr(".SH EXAMPLES\n.nf\nmodelgate\\-example \\-\\-check 'accuracy margin=1pp' \\e\n"));
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('.')) {
      EXPECT_TRUE(line.starts_with(".\\\"") || line.starts_with(".TH ") || line.starts_with(".SH ") ||
                  line == ".TP" || line.starts_with(".B ") || line.starts_with(".BI ") ||
                  line.starts_with(".BR ") || line.starts_with(".I ") || line == ".nf" || line == ".fi")
          << line;
    }
    for (const char c : line) EXPECT_EQ(c & 0x80, 0) << line;
  }
}

}  // namespace
