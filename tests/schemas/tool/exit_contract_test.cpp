// What CI acts on: the exit code, and the words on stderr.

#include <gmock/gmock.h>
#include <unistd.h>

#include "tests/schemas/fixtures/temporary_folder.h"
#include "tests/schemas/tool/run_program.h"

using testing::HasSubstr;

namespace {

TEST(ExitCode, is_what_the_program_decided) {
  EXPECT_EQ(run_tool_under_test("").exit_code, 0);
  EXPECT_EQ(run_tool_under_test("--fail verdict").exit_code, 1);
  EXPECT_EQ(run_tool_under_test("--fail inconclusive").exit_code, 3);
}

TEST(ExitCode, of_a_usage_error_is_2_with_place_and_hint) {
  const Outcome outcome = run_tool_under_test("--fail usage");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err,
            "modelgate-example: error: plan.yaml:3:5: unknown key 'shard'\n  Did you mean 'shards'?\n");
}

TEST(ExitCode, of_an_infrastructure_error_is_4) {
  const Outcome outcome = run_tool_under_test("--fail infrastructure");
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_EQ(outcome.err, "modelgate-example: error: a.json: cannot be opened\n");
}

TEST(ExitCode, of_anything_that_is_thrown_is_4) {
  const Outcome exception = run_tool_under_test("--fail exception");
  EXPECT_EQ(exception.exit_code, 4);
  EXPECT_THAT(exception.err, HasSubstr("unexpected: vector::at\n  This is a defect of modelgate"));
  const Outcome memory = run_tool_under_test("--fail memory");
  EXPECT_EQ(memory.exit_code, 4);
  EXPECT_EQ(memory.err, "modelgate-example: error: out of memory\n");
  EXPECT_EQ(run_tool_under_test("--fail number").exit_code, 4);
}

TEST(ExitCode, is_4_when_stdout_cannot_be_written) {
  for (const char* arguments : {"", "--fail printf", "--help", "--version"}) {
    EXPECT_EQ(run_tool_under_test(std::string(arguments) + " >/dev/full").exit_code, 4) << arguments;
    EXPECT_EQ(run_tool_under_test(std::string(arguments) + " >&-").exit_code, 4) << arguments;
  }
  EXPECT_THAT(run_tool_under_test(">/dev/full").err, HasSubstr("standard output: cannot write"));
}

TEST(ExitCode, is_4_when_the_reader_of_stdout_has_gone) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  ::close(ends[0]);
  const Outcome outcome = run_tool_under_test(">&" + std::to_string(ends[1]));
  ::close(ends[1]);
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.err, HasSubstr("standard output: cannot write: Broken pipe"));
}

TEST(ExitCode, does_not_depend_on_closed_descriptors) {
  const Outcome outcome = run_tool_under_test("--fail verdict <&- 2>&-");
  EXPECT_EQ(outcome.exit_code, 1);
}

TEST(ExitCode, is_4_and_no_file_is_spoilt_when_stdout_is_closed_and_a_file_is_opened) {
  const modelgate::TemporaryFolder folder;
  const std::string file = (folder / "log").string();
  EXPECT_EQ(run_tool_under_test("--fail leak --output '" + file + "' >&-").exit_code, 4);
  EXPECT_EQ(std::filesystem::file_size(file), 0u);
}

TEST(Messages, cannot_carry_terminal_codes_or_lines_of_their_own) {
  const Outcome outcome = run_tool_under_test("--fail terminal");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_EQ(outcome.err,
            "modelgate-example: error: a\\x1b[2J: bad\\n::error::line\xef\xbf\xbd\n  hint\\x07\n  second\n");
}

TEST(Locale, does_not_change_how_numbers_are_read_and_written) {
  for (const char* locale : {"de_DE.UTF-8", "tr_TR.UTF-8", "nonsense", "C"}) {
    const std::string before = std::string("LC_ALL=") + locale + " LANG=" + locale;
    const Outcome outcome = run_tool_under_test("--margin 0.5", before);
    EXPECT_EQ(outcome.exit_code, 0) << locale;
    EXPECT_THAT(outcome.out, HasSubstr("margin=0.5\n")) << locale;
    EXPECT_EQ(run_tool_under_test("--margin 0,5", before).exit_code, 2) << locale;
  }
}

}  // namespace
