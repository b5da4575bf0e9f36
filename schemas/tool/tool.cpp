#include "schemas/tool/tool.h"

#include <unistd.h>

#include <clocale>
#include <cstdio>
#include <new>

#include "schemas/tool/files.h"
#include "schemas/tool/parser.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

/// The words that could have been meant where an unknown one was given.
std::vector<std::string> known_words(const CLI::App& app, bool dashes) {
  std::vector<std::string> words;
  if (dashes) {
    for (const CLI::Option* option : app.get_options())
      for (const std::string& name : option->get_lnames()) words.push_back("--" + name);
  } else {
    for (const CLI::App* subcommand : app.get_subcommands([](const CLI::App*) { return true; }))
      words.push_back(subcommand->get_name());
  }
  return words;
}

/// The App that refused the arguments: the subcommand if one was reached.
const CLI::App& deepest(const CLI::App& app) {
  const auto reached = app.get_subcommands();
  return reached.empty() ? app : *reached.front();
}

/// The first argument that nothing takes, wherever it was parsed.
std::string first_unknown(const CLI::App& app) {
  const auto remaining = app.remaining(true);
  return remaining.empty() ? "" : remaining.front();
}

Error unknown_argument(const CLI::App& app, const std::string& unknown) {
  const CLI::App& place = deepest(app);
  const bool option = unknown.size() > 1 && unknown.front() == '-';
  const std::string word = unknown.substr(0, unknown.find('='));
  std::string hint = did_you_mean(word, known_words(place, option));
  if (hint.empty()) hint = "See --help.";
  if (option) return usage_error("", "unknown option '" + word + "'", hint);
  const bool commands = !known_words(place, false).empty();
  return usage_error("", (commands ? "unknown command '" : "unexpected argument '") + unknown + "'", hint);
}

Error parse_error_in_our_words(const CLI::App& app, const CLI::ParseError& error) {
  const std::string unknown = first_unknown(app);
  if (!unknown.empty()) return unknown_argument(app, unknown);
  const std::string what = error.what();
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr && !known_words(deepest(app), false).empty())
    return usage_error("", "a command is missing", "One of: " + listing(known_words(deepest(app), false)) + ".");
  const auto line_end = what.find("\n  ");
  if (line_end != std::string::npos) return usage_error("", what.substr(0, line_end), what.substr(line_end + 3));
  return usage_error("", what, "See --help.");
}

int run_parsed(int argc, char** argv, const ToolDescription& tool,
               const std::function<void(OptionSet&)>& declare, const std::function<ExitCode()>& run) {
  CLI::App app(tool.summary, tool.name);
  app.set_version_flag("--version", tool.name + " " + product_version());
  app.set_help_flag("-h,--help", "Print this help and exit");
  app.get_formatter()->column_width(34);
  if (!tool.example.empty()) app.footer("Example:\n  " + tool.example);
  OptionSet::Parser parser;
  parser.app = &app;
  OptionSet options(parser);
  declare(options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    write_stdout(deepest(app).help());
    return 0;
  } catch (const CLI::CallForVersion&) {
    write_stdout(tool.name + " " + product_version() + "\n");
    return 0;
  } catch (const CLI::ParseError& error) {
    throw parse_error_in_our_words(app, error);
  }
  if (OptionSet::Parser* chosen = parser.chosen()) return static_cast<int>(chosen->run());
  return static_cast<int>(run());
}

}  // namespace

std::string product_version() { return MODELGATE_VERSION; }

void print_error(const std::string& tool_name, const Error& error) {
  std::string text = tool_name + ": error: " + (error.where().empty() ? "" : error.where() + ": ") +
                     error.message() + "\n";
  if (!error.hint().empty()) text += "  " + error.hint() + "\n";
  std::fputs(text.c_str(), stderr);
}

int run_tool(int argc, char** argv, const ToolDescription& tool, const std::function<void(OptionSet&)>& declare,
             const std::function<ExitCode()>& run) {
  std::setlocale(LC_ALL, "C");  // numbers are read and written the same in every locale
  try {
    const int code = run_parsed(argc, argv, tool, declare, run);
    if (std::fflush(stdout) != 0) throw infrastructure_error("standard output", "cannot be written");
    return code;
  } catch (const Error& error) {
    print_error(tool.name, error);
    return static_cast<int>(error.kind() == ErrorKind::usage ? ExitCode::usage : ExitCode::error);
  } catch (const std::bad_alloc&) {
    print_error(tool.name, infrastructure_error("", "out of memory"));
  } catch (const std::exception& error) {
    print_error(tool.name, infrastructure_error("", std::string("unexpected: ") + error.what(),
                                                "This is a defect of modelgate; please report it."));
  }
  return static_cast<int>(ExitCode::error);
}

int run_tool(int argc, char** argv, const ToolDescription& tool,
             const std::function<void(OptionSet&)>& declare) {
  return run_tool(argc, argv, tool, declare, [] { return ExitCode::usage; });
}

}  // namespace modelgate
