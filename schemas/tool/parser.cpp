#include "schemas/tool/parser.h"

#include <algorithm>
#include <stdexcept>

#include "schemas/tool/error.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

using Parser = OptionSet::Parser;
using Option = Parser::Option;

std::string help_hint(const Parser& command) { return "See '" + command.command + " --help'."; }

[[noreturn]] void refuse(const Parser& command, const std::string& what, const std::string& hint = "") {
  throw usage_error("", what, hint.empty() ? help_hint(command) : hint);
}

template <typename Command>  // a Parser, const or not
auto* find_option(Command& command, const std::string& name) {
  const auto found = std::find_if(command.options.begin(), command.options.end(), [&](const Option& option) {
    return !option.positional && option.name == name;
  });
  return found == command.options.end() ? nullptr : &*found;
}

bool is_option(const std::string& word) { return word.size() > 2 && word.compare(0, 2, "--") == 0; }

std::string name_in(const std::string& word) { return word.substr(2, word.find('=') - 2); }

[[noreturn]] void refuse_unknown_option(const Parser& command, const std::string& word) {
  std::vector<std::string> known = {"--help"};
  if (!command.has_own_version()) known.push_back("--version");
  for (const Option& option : command.options)
    if (!option.positional) known.push_back("--" + option.name);
  const std::string given = word.substr(0, word.find('='));
  refuse(command, "unknown option '" + given + "'", did_you_mean(given, known));
}

Parser& subcommand_called(Parser& command, const std::string& word) {
  std::vector<std::string> known;
  for (Parser& child : command.subcommands) {
    if (child.name == word) return child;
    known.push_back(child.name);
  }
  const std::string near = did_you_mean(word, known);
  refuse(command, "unknown command '" + word + "'", near.empty() ? "One of: " + listing(known) + "." : near);
}

void give_positional(Parser& command, const std::string& word) {
  for (Option& option : command.options)
    if (option.positional && (option.repeatable || option.times == 0)) {
      ++option.times;
      return option.take(word);
    }
  refuse(command, "unexpected argument '" + word + "'");
}

void give(Parser& command, Option& option, const std::string& value) {
  command.given.emplace_back(option.name, value);
  option.take(value);
}

/// Gives an option its value, the part after '=' or the next argument; returns how many arguments it took.
std::size_t give_option(Parser& command, const std::vector<std::string>& arguments, std::size_t place) {
  const std::string& word = arguments[place];
  Option* option = find_option(command, name_in(word));
  if (option == nullptr) refuse_unknown_option(command, word);
  const std::string dashed = "--" + option->name;
  if (option->times++ > 0 && !option->repeatable) refuse(command, dashed + " is given twice");
  const std::size_t equals = word.find('=');
  if (option->value_name.empty()) {
    if (equals != std::string::npos) refuse(command, dashed + " takes no value");
    give(command, *option, "");
    return 1;
  }
  if (equals != std::string::npos) {
    give(command, *option, word.substr(equals + 1));
    return 1;
  }
  if (place + 1 == arguments.size())
    refuse(command, dashed + " needs a value: " + dashed + " " + option->value_name);
  const std::string& value = arguments[place + 1];
  // An empty shell variable must not turn the next option into this one's value.
  if (is_option(value) && find_option(command, name_in(value)) != nullptr)
    refuse(command, dashed + " needs a value, but '" + value + "' follows",
           "Write " + dashed + "=" + value + " if that is the value.");
  give(command, *option, value);
  return 2;
}

void expect_complete(const Parser& command) {
  if (!command.subcommands.empty()) {
    std::vector<std::string> known;
    for (const Parser& child : command.subcommands) known.push_back(child.name);
    refuse(command, "a command is missing", "One of: " + listing(known) + ".");
  }
  std::vector<std::string> missing;
  for (const Option& option : command.options)
    if (option.required && option.times == 0)
      missing.push_back(option.positional ? option.value_name : "--" + option.name);
  if (!missing.empty())
    refuse(command, listing(missing) + (missing.size() == 1 ? " is missing" : " are missing"));
}

}  // namespace

void OptionSet::Parser::add(Option option) {
  if (option.name == "help" || find_option(*this, option.name) != nullptr)
    throw std::logic_error("the option --" + option.name + " is declared twice");
  options.push_back(std::move(option));
}

bool OptionSet::Parser::has_own_version() const { return find_option(*this, "version") != nullptr; }

ParsedArguments parse(Parser& program, const std::vector<std::string>& arguments) {
  Parser* command = &program;
  bool options_end = false;
  for (std::size_t i = 0; i < arguments.size();) {
    const std::string& word = arguments[i];
    if (!options_end && word == "--") {
      options_end = true;
      ++i;
    } else if (!options_end && (word == "--help" || word == "-h")) {
      return {ParsedArguments::Wish::help, command};
    } else if (!options_end && word == "--version" && !command->has_own_version()) {
      return {ParsedArguments::Wish::version, command};
    } else if (!options_end && is_option(word)) {
      i += give_option(*command, arguments, i);
    } else if (!options_end && word.size() > 1 && word.front() == '-') {
      refuse_unknown_option(*command, word);
    } else if (!command->subcommands.empty()) {
      command = &subcommand_called(*command, word);
      ++i;
    } else {
      give_positional(*command, word);
      ++i;
    }
  }
  expect_complete(*command);
  return {ParsedArguments::Wish::run, command};
}

}  // namespace modelgate
