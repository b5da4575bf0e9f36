#include <gmock/gmock.h>

#include "tests/schemas/tool/run_program.h"

using testing::HasSubstr;
using testing::Not;

namespace {

/// Expects success, and a line in what the program received.
void expect_received(const std::string& arguments, const std::string& line) {
  const Outcome outcome = run_tool_under_test(arguments);
  EXPECT_EQ(outcome.exit_code, 0) << arguments << "\n" << outcome.err;
  EXPECT_THAT("\n" + outcome.out, HasSubstr("\n" + line + "\n")) << arguments;
}

/// Expects exit code 2 with nothing on stdout and the words on stderr.
void expect_refused(const std::string& arguments, const std::string& words) {
  const Outcome outcome = run_tool_under_test(arguments);
  EXPECT_EQ(outcome.exit_code, 2) << arguments;
  EXPECT_EQ(outcome.out, "") << arguments;
  EXPECT_EQ(outcome.err.substr(0, 7), "modelga") << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr(words)) << arguments;
}

TEST(Arguments, take_a_value_after_a_blank_or_an_equals_sign) {
  expect_received("--output a.json", "output=a.json");
  expect_received("--output=a.json", "output=a.json");
  expect_received("--output=a=b", "output=a=b");
}

TEST(Arguments, keep_the_default_where_nothing_is_given) {
  expect_received("", "output=out.json");
  expect_received("", "margin=0.050000000000000003");
  expect_received("", "note=(none)");
}

TEST(Arguments, take_values_as_they_stand) {
  expect_received("--note '[a,b]'", "note=[a,b]");
  expect_received("--note '{}'", "note={}");
  expect_received("--note '%%'", "note=%%");
  expect_received("--note '訂單 客服'", "note=訂單 客服");
  expect_received("--check '[a,b]' --check 'c,d e'", "check=[a,b]");
  expect_received("--check '[a,b]' --check 'c,d e'", "check=c,d e");
  expect_received("one '[two,three]'", "more=[two,three]");
  expect_received("--note '\"quoted\"'", "note=\"quoted\"");
}

TEST(Arguments, take_a_value_that_begins_with_a_dash) {
  expect_received("--note --gtest_shuffle", "note=--gtest_shuffle");
  expect_received("--note -x", "note=-x");
  expect_received("--limit -2.5", "limit=-2.5");
  expect_received("--note=--json", "note=--json");
}

TEST(Arguments, do_not_let_an_empty_variable_swallow_the_next_option) {
  expect_refused("--note --json", "--note needs a value, but '--json' follows");
  expect_refused("--output --note=x", "--output needs a value, but '--note=x' follows");
  expect_received("--note= --json", "note=");
  expect_received("--note= --json", "json=yes");
  expect_received("--note '' --json", "note=");
}

TEST(Arguments, refuse_an_unknown_option_and_name_the_nearest) {
  expect_refused("--outptu x", "unknown option '--outptu'\n  Did you mean '--output'?");
  expect_refused("--outptu=x", "unknown option '--outptu'\n  Did you mean '--output'?");
  expect_refused("--hepl", "Did you mean '--help'?");
  expect_refused("--quantum x", "unknown option '--quantum'\n  See 'modelgate-example --help'.");
  expect_refused("-x", "unknown option '-x'");
  expect_refused("--out x",
                 "unknown option '--out'");  // no abbreviations: they break when an option is added
}

TEST(Arguments, refuse_a_missing_value) {
  expect_refused("--output", "--output needs a value: --output FILE");
  expect_refused("a b --pairs", "--pairs needs a value: --pairs COUNT");
}

TEST(Arguments, refuse_an_option_given_twice) {
  expect_refused("--output a --output a", "--output is given twice");
  expect_refused("--output=a --output=b", "--output is given twice");
  expect_refused("--json --json", "--json is given twice");
  expect_refused("--pairs 1 --pairs 2", "--pairs is given twice");
}

TEST(Arguments, refuse_a_value_for_a_flag) {
  expect_refused("--json=false", "--json takes no value");
  expect_refused("--json=", "--json takes no value");
}

TEST(Arguments, read_finite_decimal_numbers_within_their_range_only) {
  expect_received("--margin 0.25", "margin=0.25");
  expect_received("--margin +0.25", "margin=0.25");
  expect_received("--margin 25e-2", "margin=0.25");
  for (const char* wrong : {"nan", "NaN", "-nan", "inf", "Infinity", "1e999", "0x1", "1,5", "'1 '", "' 1'",
                            "''", "1%", "abc", "--1", "+-1", "++1", "0.5.5", "1_000"})
    expect_refused(std::string("--margin=") + wrong, "--margin: '");
  expect_refused("--margin 1.5", "--margin: 1.5 is not between 0 and 1");
  expect_refused("--margin -0.1", "--margin: -0.1 is not between 0 and 1");
}

TEST(Arguments, read_whole_numbers_exactly) {
  expect_received("--pairs 1000", "pairs=1000");
  expect_received("--seed 9007199254740993", "seed=9007199254740993");
  expect_received("--seed 9223372036854775807", "seed=9223372036854775807");
  for (const char* wrong : {"1.0", "1e2", "0x10", "''", "1-2", "+-1", "one", "9223372036854775808", "' 7'"})
    expect_refused(std::string("--seed=") + wrong, "is not a whole number");
  expect_refused("--pairs 0", "--pairs: 0 is not between 1 and 1000");
  expect_refused("--pairs 1001", "--pairs: 1001 is not between 1 and 1000");
  expect_refused("--seed=-1", "--seed: -1 is less than 0");
}

TEST(Arguments, refuse_a_choice_that_is_none) {
  expect_received("--kind exact", "kind=exact");
  expect_refused("--kind exatc", "--kind: 'exatc' is none of fast, exact\n  Did you mean 'exact'?");
  expect_refused("--kind=", "--kind: '' is none of");
}

TEST(Arguments, give_words_without_a_dash_to_the_positional_ones_in_order) {
  expect_received("--json one two three", "file=one");
  expect_received("one --json two three", "more=three");
  expect_received("-", "file=-");
  expect_received("-- --json", "file=--json");
  expect_received("-- a -- b", "more=--");
}

TEST(Subcommands, run_the_one_that_is_named) {
  const Outcome saved = run_tool_under_test("commands save --release v1");
  EXPECT_EQ(saved.exit_code, 0) << saved.err;
  EXPECT_EQ(saved.out, "saved v1\n");
  EXPECT_EQ(run_tool_under_test("commands list").exit_code, 3);
}

TEST(Subcommands, refuse_an_unknown_one_and_name_the_nearest) {
  expect_refused("commands svae", "unknown command 'svae'\n  Did you mean 'save'?");
  expect_refused("commands frobnicate", "unknown command 'frobnicate'\n  One of: save, list.");
}

TEST(Subcommands, refuse_a_missing_one) {
  expect_refused("commands", "a command is missing\n  One of: save, list.");
}

TEST(Subcommands, have_options_of_their_own) {
  expect_refused("commands save", "--release is missing\n  See 'modelgate-thing save --help'.");
  expect_refused("commands list --release v1", "unknown option '--release'");
  expect_refused("commands save --relaese v1", "Did you mean '--release'?");
  expect_refused("commands list more", "unexpected argument 'more'");
  expect_refused("commands --release v1 save", "unknown option '--release'");
}

}  // namespace
