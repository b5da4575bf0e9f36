#include "schemas/tool/tool.h"

#include <fcntl.h>
#include <unistd.h>

#include <clocale>
#include <csignal>
#include <cstdio>
#include <new>
#include <optional>
#include <sstream>
#include <string_view>

#include "schemas/tool/completion.h"
#include "schemas/tool/files.h"
#include "schemas/tool/parser.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

/// A program started with `>&-` must not write its output into the next file that it opens: a descriptor that
/// is closed is taken by one on which every write fails.
void occupy_closed_descriptors() {
  for (int descriptor = 0; descriptor <= 2; ++descriptor)
    if (::fcntl(descriptor, F_GETFD) < 0) (void)::open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY);
}

/// What `--print-completion SHELL` or `--print-manual` asks for, where that is all that is asked for.
std::optional<std::string> asked_for_by_a_build(const OptionSet::Parser& program, int argc, char** argv) {
  if (argc == 2 && argv[1] == std::string_view("--print-manual"))
    return manual_page(program, product_version());
  if (argc == 3 && argv[1] == std::string_view("--print-completion"))
    return completion_script(program, argv[2]);
  return std::nullopt;
}

int run_parsed(int argc, char** argv, const ToolDescription& tool,
               const std::function<void(OptionSet&)>& declare, const std::function<ExitCode()>& run) {
  OptionSet::Parser program;
  program.command = program.name = tool.name;
  program.summary = tool.summary;
  program.example = tool.example;
  program.run = run;
  OptionSet options(program);
  declare(options);
  if (const auto printed = asked_for_by_a_build(program, argc, argv)) {
    write_stdout(*printed);
    return 0;
  }
  const ParsedArguments parsed = parse(program, {argv + (argc > 0 ? 1 : 0), argv + argc});
  switch (parsed.wish) {
    case ParsedArguments::Wish::help:
      write_stdout(help_text(*parsed.command));
      return 0;
    case ParsedArguments::Wish::version:
      write_stdout(tool.name + " " + product_version() + "\n");
      return 0;
    case ParsedArguments::Wish::run:
      break;
  }
  return static_cast<int>(parsed.command->run());
}

}  // namespace

std::string product_version() { return MODELGATE_VERSION; }

void print_error(const std::string& tool_name, const Error& error) {
  std::string text = tool_name +
                     ": error: " + (error.where().empty() ? "" : printable(error.where()) + ": ") +
                     printable(error.message()) + "\n";
  std::istringstream hints(error.hint());
  for (std::string hint; std::getline(hints, hint);) text += "  " + printable(hint) + "\n";
  std::fputs(text.c_str(), stderr);
}

int run_tool(int argc, char** argv, const ToolDescription& tool,
             const std::function<void(OptionSet&)>& declare, const std::function<ExitCode()>& run) {
  std::setlocale(LC_ALL, "C");    // numbers are read and written the same in every locale
  std::signal(SIGPIPE, SIG_IGN);  // a reader that went away is an error that is said, not a silent death
  occupy_closed_descriptors();
  try {
    const int code = run_parsed(argc, argv, tool, declare, run);
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
      throw infrastructure_error("standard output", "cannot be written");
    return code;
  } catch (const Error& error) {
    print_error(tool.name, error);
    return static_cast<int>(error.kind() == ErrorKind::usage ? ExitCode::usage : ExitCode::error);
  } catch (const std::bad_alloc&) {
    print_error(tool.name, infrastructure_error("", "out of memory"));
  } catch (const std::exception& error) {
    print_error(tool.name, infrastructure_error("", std::string("unexpected: ") + error.what(),
                                                "This is a defect of modelgate; please report it."));
  } catch (...) {
    print_error(tool.name,
                infrastructure_error("", "unexpected", "This is a defect of modelgate; please report it."));
  }
  return static_cast<int>(ExitCode::error);
}

int run_tool(int argc, char** argv, const ToolDescription& tool,
             const std::function<void(OptionSet&)>& declare) {
  return run_tool(argc, argv, tool, declare, [] { return ExitCode::usage; });
}

}  // namespace modelgate
