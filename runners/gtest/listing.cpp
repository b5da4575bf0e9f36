#include "runners/gtest/listing.h"

#include <algorithm>
#include <map>

#include "runners/gtest/printed_list.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

/// The name of a GoogleTest flag: "--gtest_filter=x" is "filter". Empty for what is none.
std::string flag_name(const std::string& argument) {
  std::size_t begin = argument.find_first_not_of('-');
  if (begin == 0 || begin == std::string::npos || begin > 2) return "";
  constexpr std::string_view prefix = "gtest_";
  if (argument.compare(begin, prefix.size(), prefix) != 0) return "";
  begin += prefix.size();
  return argument.substr(begin, argument.find('=', begin) - begin);
}

bool asks_for_disabled(const std::string& argument) {
  if (flag_name(argument) != "also_run_disabled_tests") return false;
  const std::size_t equals = argument.find('=');
  return equals == std::string::npos || equals + 1 == argument.size() ||
         std::string_view("0fF").find(argument[equals + 1]) == std::string_view::npos;
}

std::string last_line(const std::string& text) {
  const std::size_t end = text.find_last_not_of(" \t\r\n");
  if (end == std::string::npos) return "";
  const std::size_t begin = text.find_last_of('\n', end);
  const std::string line = text.substr(begin == std::string::npos ? 0 : begin + 1,
                                       end - (begin == std::string::npos ? 0 : begin + 1) + 1);
  return line.substr(0, 300);
}

}  // namespace

TestProgram::TestProgram(const GtestOptions& options, const MeasuredSubject& subject)
    : program(expand(options.program, subject)),
      arguments(expand(options.arguments, subject)),
      environment(options.runner.environment_map()),
      memory_limit_bytes(options.runner.memory_limit_mib << 20),
      cpu_seconds_limit(options.runner.cpu_limit_seconds),
      runs_disabled(std::any_of(arguments.begin(), arguments.end(), asks_for_disabled)) {}

ProcessSpec TestProgram::with_flags(const std::vector<std::string>& flags) const {
  ProcessSpec spec;
  spec.argv = {program};
  spec.argv.insert(spec.argv.end(), flags.begin(), flags.end());
  spec.argv.insert(spec.argv.end(), arguments.begin(), arguments.end());
  spec.environment = environment;
  spec.memory_limit_bytes = memory_limit_bytes;
  spec.cpu_seconds_limit = cpu_seconds_limit;
  return spec;
}

namespace {

ProcessOutcome ask(const TestProgram& program, std::vector<std::string> flags, const std::string& filter,
                   std::chrono::milliseconds timeout, PrintedList& printed) {
  flags.push_back("--gtest_list_tests");
  if (!filter.empty()) flags.push_back("--gtest_filter=" + filter);
  ProcessSpec spec = program.with_flags(flags);
  spec.timeout = timeout;
  spec.grace = std::chrono::milliseconds(500);
  spec.on_stdout_line = [&](std::string_view line) { printed.line(line); };
  return run_process(std::move(spec));
}

Problem problem_of(const ProcessOutcome& outcome) {
  const std::string said = last_line(outcome.err.text);
  return {outcome.ending == Ending::exited      ? "failed"
          : outcome.ending == Ending::signalled ? "crashed"
                                                : name_of(outcome.ending),
          "the test program " + outcome.sentence() +
              (outcome.ending == Ending::not_started ? "" : " when it was asked for its tests") +
              (said.empty() ? "" : ": " + said)};
}

Listing list_from_file(const TestProgram& program, const std::string& filter,
                       std::chrono::milliseconds timeout, const std::filesystem::path& scratch) {
  Listing listing;
  listing.from_file = true;
  const std::filesystem::path xml = scratch / "tests.xml";
  PrintedList printed;
  const ProcessOutcome outcome =
      ask(program, {"--gtest_output=xml:" + xml.string()}, filter, timeout, printed);
  if (!outcome.succeeded()) {
    listing.problem = problem_of(outcome);
    return listing;
  }
  try {
    listing.list = read_test_list(xml);
  } catch (const Error&) {
    listing.problem = {"bad_output",
                       "the test program wrote no list of its tests: is it a GoogleTest program "
                       "(1.8.1 or later) that hands its arguments to InitGoogleTest?"};
    return listing;
  }
  if (listing.list.size() == 0)
    listing.problem = {"no_tests", filter.empty()
                                       ? "the test program has no tests"
                                       : "the test program has no tests that match '" + filter + "'"};
  if (auto tests = printed.take())
    listing.misprinted = !TestList(std::move(*tests)).has_names_of(listing.list);
  return listing;
}

}  // namespace

Listing list_tests(const TestProgram& program, const std::string& filter, std::chrono::milliseconds timeout,
                   const std::filesystem::path& scratch, bool from_file) {
  if (from_file) return list_from_file(program, filter, timeout, scratch);
  Listing listing;
  PrintedList printed;
  const ProcessOutcome outcome = ask(program, {}, filter, timeout, printed);
  if (!outcome.succeeded()) {
    listing.problem = problem_of(outcome);
    return listing;
  }
  auto tests = printed.take();
  if (!tests) return list_from_file(program, filter, timeout, scratch);
  listing.list = TestList(std::move(*tests));
  return listing;
}

void check_arguments(const std::vector<std::string>& arguments) {
  static const std::map<std::string, std::string> refused = {
      {"filter", "Use --filter."},
      {"repeat", "Every test is run once."},
      {"fail_fast", "Every test is run, whatever the others do."},
      {"break_on_failure", "Every test is run, whatever the others do."},
      {"list_tests", ""},
      {"output", ""},
      {"color", ""},
      {"brief", ""},
      {"print_time", ""},
      {"stream_result_to", ""},
      {"flagfile", "Give its flags one by one."},
      {"internal_run_death_test", ""}};
  for (const std::string& argument : arguments)
    if (const auto found = refused.find(flag_name(argument)); found != refused.end())
      throw usage_error("--argument", argument + " is for this runner to decide", found->second);
}

}  // namespace modelgate
