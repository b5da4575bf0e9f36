#include "schemas/tool/completion.h"

namespace modelgate {
namespace {

using Parser = OptionSet::Parser;

/// Within single quotes, with a backslash before what _arguments and _describe read.
std::string escaped(const std::string& text, const std::string& special) {
  std::string all;
  for (const char c : text) {
    if (c == '\'')
      all += "'\\''";
    else
      all += special.find(c) == std::string::npos ? std::string{c} : std::string{'\\', c};
  }
  return all;
}

std::string action_of(const Parser::Option& option) {
  switch (taken_by(option)) {
    case Taken::choice: {
      std::string choices;
      for (const std::string& choice : option.choices) choices += (choices.empty() ? "" : " ") + choice;
      return "(" + choices + ")";
    }
    case Taken::file:
      return "_files";
    case Taken::folder:
      return "_files -/";
    case Taken::word:
    case Taken::nothing:
      break;
  }
  return " ";
}

std::string spec_of(const Parser::Option& option) {
  const std::string action = action_of(option), value = escaped(option.value_name, "\\:[]");
  if (option.positional)
    return std::string("'") + (option.repeatable ? "*" : "") +
           (option.required || option.repeatable ? ":" : "::") + value + ":" + action + "'";
  const std::string help = "[" + escaped(short_help(option.help), "\\:[]") + "]";
  if (option.value_name.empty()) return "'--" + option.name + help + "'";
  return std::string("'") + (option.repeatable ? "*" : "") + "--" + option.name + "=" + help + ":" + value +
         ":" + action + "'";
}

/// A call of _arguments with all options of the command, and `more`.
std::string arguments_call(const Parser& command, const std::string& flags,
                           const std::vector<std::string>& more, const std::string& indent) {
  std::string text = indent + "_arguments " + flags;
  const auto add = [&](const std::string& spec) { text += " \\\n" + indent + "  " + spec; };
  for (const Parser::Option& option : command.options) add(spec_of(option));
  add("'(- *)'{-h,--help}'[Print the help and exit]'");
  if (!command.has_own_version()) add("'(- *)--version[Print the version and exit]'");
  for (const std::string& spec : more) add(spec);
  return text + "\n";
}

}  // namespace

std::string zsh_completion(const Parser& program) {
  // Named like its file, as which it is called when it is found in $fpath.
  const std::string function = "_" + program.name;
  std::string text = "#compdef " + program.name + "\n# made by '" + program.name +
                     " --print-completion zsh'\n" + function + "() {\n";
  if (program.subcommands.empty()) {
    text += arguments_call(program, "-s", {}, "  ");
  } else {
    text += "  local curcontext=$curcontext state line\n  typeset -A opt_args\n" +
            arguments_call(program, "-s -C", {"'1: :->command'", "'*:: :->arguments'"}, "  ") +
            "  case $state in\n    command)\n      local -a commands=(\n";
    for (const Parser& child : program.subcommands)
      text +=
          "        '" + escaped(child.name + ":", "\\") + escaped(short_help(child.summary), "\\:") + "'\n";
    text +=
        "      )\n      _describe -t commands command commands\n      ;;\n    arguments)\n      case "
        "$words[1] in\n";
    for (const Parser& child : program.subcommands)
      text +=
          "        " + child.name + ")\n" + arguments_call(child, "-s", {}, "          ") + "          ;;\n";
    text += "      esac\n      ;;\n  esac\n";
  }
  return text + "}\nif [[ $funcstack[1] == " + function + " ]]; then\n  " + function +
         " \"$@\"\nelse\n  compdef " + function + " " + program.name + "\nfi\n";
}

}  // namespace modelgate
