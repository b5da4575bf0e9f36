#include "schemas/tool/completion.h"

namespace modelgate {
namespace {

using Parser = OptionSet::Parser;

std::string quoted(const std::string& text) {
  std::string all = "'";
  for (const char c : text) all += c == '\'' || c == '\\' ? std::string{'\\', c} : std::string{c};
  return all + "'";
}

std::string choices_of(const Parser::Option& option) {
  std::string all;
  for (const std::string& choice : option.choices) all += (all.empty() ? "" : " ") + choice;
  return quoted(all);
}

std::string line_of(const Parser::Option& option, const std::string& lead) {
  const Taken taken = taken_by(option);
  if (option.positional) {
    if (taken == Taken::file) return lead + " -F\n";
    if (taken == Taken::folder) return lead + " -a '(__fish_complete_directories)'\n";
    return taken == Taken::choice ? lead + " -a " + choices_of(option) + "\n" : "";
  }
  const std::string value = taken == Taken::choice   ? " -x -a " + choices_of(option)
                            : taken == Taken::file   ? " -r -F"
                            : taken == Taken::folder ? " -x -a '(__fish_complete_directories)'"
                            : taken == Taken::word   ? " -x"
                                                     : "";
  return lead + " -l " + option.name + value + " -d " + quoted(short_help(option.help)) + "\n";
}

/// What is completed of a command, where `condition` holds.
std::string command_text(const Parser& command, const std::string& program, const std::string& condition) {
  const std::string lead = "complete -c " + program + (condition.empty() ? "" : " -n " + quoted(condition));
  std::string text;
  for (const Parser::Option& option : command.options) text += line_of(option, lead);
  text += lead + " -s h -l help -d 'Print the help and exit'\n";
  if (!command.has_own_version()) text += lead + " -l version -d 'Print the version and exit'\n";
  return text;
}

}  // namespace

std::string fish_completion(const Parser& program) {
  std::string text = "# fish completion of " + program.name + ", made by '" + program.name +
                     " --print-completion fish'\ncomplete -c " + program.name + " -f\n";
  if (program.subcommands.empty()) return text + command_text(program, program.name, "");
  for (const Parser& child : program.subcommands)
    text += "complete -c " + program.name + " -n __fish_use_subcommand -a " + child.name + " -d " +
            quoted(short_help(child.summary)) + "\n";
  text += command_text(program, program.name, "__fish_use_subcommand");
  for (const Parser& child : program.subcommands)
    text += command_text(child, program.name, "__fish_seen_subcommand_from " + child.name);
  return text;
}

}  // namespace modelgate
