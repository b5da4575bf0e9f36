#include "schemas/tool/completion.h"

namespace modelgate {
namespace {

using Parser = OptionSet::Parser;

/// Which of readline's own completions stands in for words that we do not know.
std::string readline_option(Taken taken) {
  return taken == Taken::file ? "compopt -o default" : taken == Taken::folder ? "compopt -o dirnames" : "";
}

std::string joined(const std::vector<std::string>& words, const std::string& between) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : between) + word;
  return all;
}

std::vector<std::string> options_of(const Parser& command) {
  std::vector<std::string> names;
  for (const Parser::Option& option : command.options)
    if (!option.positional) names.push_back("--" + option.name);
  names.emplace_back("--help");
  if (!command.has_own_version()) names.emplace_back("--version");
  return names;
}

/// What an option's value may be: a line of a `case` over the option before the cursor.
std::string value_cases(const Parser& command, const std::string& indent) {
  std::string text;
  for (const Parser::Option& option : command.options) {
    const Taken taken = taken_by(option);
    if (option.positional || taken == Taken::nothing) continue;
    const std::string action =
        taken == Taken::choice ? "words='" + joined(option.choices, " ") + "'" : readline_option(taken);
    text += indent + "--" + option.name + ") " + (action.empty() ? "" : action + "; ") + "known=yes ;;\n";
  }
  return text.empty() ? "" : indent + "case $option in\n" + text + indent + "esac\n";
}

/// What may stand where no option's value does.
std::string word_choice(const Parser& command, const std::string& indent) {
  std::string text = indent + "options='" + joined(options_of(command), " ") + "'\n";
  std::vector<std::string> names;
  for (const Parser& child : command.subcommands) names.push_back(child.name);
  if (!names.empty()) return text + indent + "arguments='" + joined(names, " ") + "'\n";
  Taken taken = Taken::nothing;
  for (const Parser::Option& option : command.options)
    if (option.positional && taken != Taken::file) {
      taken = taken_by(option);
      if (taken == Taken::choice) text += indent + "arguments='" + joined(option.choices, " ") + "'\n";
    }
  if (const std::string action = readline_option(taken); !action.empty())
    text += indent + "[[ $word == -* || $known ]] || " + action + "\n";
  return text;
}

std::string command_text(const Parser& command, const std::string& indent) {
  return value_cases(command, indent) + word_choice(command, indent);
}

}  // namespace

std::string bash_completion(const Parser& program) {
  const std::string function = completion_function(program);
  std::string text = "# bash completion of " + program.name + ", made by '" + program.name +
                     " --print-completion bash'\n" + function + R"(() {
  local word=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]}
  local command= options= arguments= words= known= i
  # '=' is a word of its own: --color=al is three.
  if [[ $word == "=" ]]; then
    word=
  elif [[ $option == "=" ]]; then
    option=${COMP_WORDS[COMP_CWORD - 2]}
  fi
)";
  if (program.subcommands.empty()) {
    text += command_text(program, "  ");
  } else {
    text += R"(  for ((i = 1; i < COMP_CWORD; ++i)); do
    [[ ${COMP_WORDS[i]} == -* ]] || { command=${COMP_WORDS[i]}; break; }
  done
  case $command in
)";
    for (const Parser& child : program.subcommands)
      text += "    " + child.name + ")\n" + command_text(child, "      ") + "      ;;\n";
    text += "    '')\n" + command_text(program, "      ") + "      ;;\n  esac\n";
  }
  return text + R"(  if [[ $known ]]; then
    options= arguments=
  elif [[ $word == -* ]]; then
    words=$options
  else
    words=$arguments
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -F )" +
         function + " " + program.name + "\n";
}

}  // namespace modelgate
