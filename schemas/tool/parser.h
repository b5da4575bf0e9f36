#pragma once

#include <functional>
#include <list>
#include <string>
#include <vector>

#include "schemas/tool/options.h"

namespace modelgate {

/// The program, or one of its subcommands, behind an OptionSet. Internal to schemas/tool.
///
/// Our own, because what is asked for is little and must be exact: a value may begin with a dash or a bracket
/// ("--arguments --gtest_shuffle", "--filter [a,b]"), "--commit=" is an empty value and never takes the next
/// word, an option given twice is an error, and --help costs no time.
struct OptionSet::Parser {
  struct Option {
    std::string name;        // without dashes
    std::string value_name;  // empty: a flag
    std::string help;
    std::vector<std::string> choices = {};  // that shells offer
    bool required = false, repeatable = false, positional = false;
    std::function<void(const std::string&)> take;
    int times = 0;
  };

  std::string command;  // the words that start it: "modelgate-baseline save"
  std::string name, summary, example;
  std::function<ExitCode()> run;
  std::list<Option> options;
  std::vector<std::pair<std::string, std::string>> given;  // names of options and their values
  std::list<Parser> subcommands;                           // lists, because an OptionSet refers to its Parser
  std::list<OptionSet> option_sets;

  /// Declares an option; a name that is taken is a defect of the program.
  void add(Option option);
  /// Its --version is an option with a value, and does not print ours: modelgate-baseline save --version V.
  bool has_own_version() const;
};

/// What the arguments ask for, and of which command.
struct ParsedArguments {
  enum class Wish { run, help, version };
  Wish wish = Wish::run;
  OptionSet::Parser* command = nullptr;
};

/// Hands every argument to the option that takes it. Errors: kind usage.
ParsedArguments parse(OptionSet::Parser& program, const std::vector<std::string>& arguments);

/// What --help prints, 80 columns wide.
std::string help_text(const OptionSet::Parser& command);

}  // namespace modelgate
