#include <gmock/gmock.h>

#include <sstream>

#include "tests/schemas/tool/run_program.h"

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

namespace {

constexpr const char* whole_help =
    R"(Says what it was told, in so many words that the sentence is longer than one
line.

Usage:
  modelgate-example [OPTIONS] [FILE] [MORE_FILES ...]

Arguments:
  FILE            What to read
  MORE_FILES ...  What else to read

Options:
  --output FILE      Where the verdict goes (default: out.json)
  --note TEXT        A remark
  --margin FRACTION  How much worse the candidate may be before the difference
                     counts, as a fraction of the baseline's value (default:
                     0.05)
  --limit VALUE      A demand on the candidate's own value
  --pairs COUNT      Pairs of processes (default: 20)
  --seed NUMBER      Of the random numbers (default: 0)
  --kind fast|exact  How it is done (default: fast)
  --check CHECK ...  What must hold
  --json             Print JSON
  --fail HOW         Fail in this way
  -h, --help         Print this help and exit
  --version          Print the version and exit

Example:
  modelgate-example --check 'accuracy margin=1pp' \
    --output verdict.json

Exit codes: 0 pass, 1 fail, 2 wrong usage, 3 inconclusive, 4 error.
)";

TEST(Help, is_laid_out_in_80_columns_with_defaults_and_an_example_to_copy) {
  const Outcome outcome = run_tool_under_test("--help");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.out, whole_help);
  EXPECT_EQ(outcome.err, "");
}

TEST(Help, is_the_same_by_its_short_name_and_wins_over_what_is_missing) {
  EXPECT_EQ(run_tool_under_test("-h").out, whole_help);
  EXPECT_EQ(run_tool_under_test("commands save --help").exit_code, 0);
}

TEST(Help, is_no_wider_than_80_columns) {
  for (const char* arguments : {"--help", "commands --help", "commands save --help"}) {
    std::istringstream lines(run_tool_under_test(arguments).out);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80u) << line;
  }
}

TEST(Help, of_a_program_of_commands_lists_them) {
  const Outcome outcome = run_tool_under_test("commands --help");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("Usage:\n  modelgate-thing COMMAND [OPTIONS]\n\n"
                                     "Commands:\n  save  Save a thing\n  list  List the things\n"));
  EXPECT_THAT(outcome.out, HasSubstr("'modelgate-thing COMMAND --help' says more about a command."));
}

TEST(Help, of_a_command_shows_its_own_options_and_example) {
  const Outcome outcome = run_tool_under_test("commands save --help");
  EXPECT_THAT(outcome.out, StartsWith("Save a thing\n"));
  EXPECT_THAT(outcome.out, HasSubstr("  modelgate-thing save --release VERSION [OPTIONS]\n"));
  EXPECT_THAT(outcome.out, HasSubstr("  --release VERSION  Its version (required)\n"));
  EXPECT_THAT(outcome.out, HasSubstr("Example:\n  modelgate-thing save --release v1.0.0\n"));
}

TEST(Version, is_one_line_with_the_name_and_the_version) {
  const Outcome outcome = run_tool_under_test("--version");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, testing::MatchesRegex("modelgate-example [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

}  // namespace
