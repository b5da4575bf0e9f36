#include "schemas/tool/completion.h"

#include <algorithm>

#include "schemas/tool/error.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {

Taken taken_by(const OptionSet::Parser::Option& option) {
  const std::string& value = option.value_name;
  if (value.empty()) return Taken::nothing;
  if (!option.choices.empty()) return Taken::choice;
  if (value == "FILE" || value == "VERDICT" || value == "PROGRAM" || value == "COMMAND") return Taken::file;
  if (value == "DIR") return Taken::folder;
  return Taken::word;
}

std::string completion_script(const OptionSet::Parser& program, const std::string& shell) {
  if (shell == "bash") return bash_completion(program);
  if (shell == "zsh") return zsh_completion(program);
  if (shell == "fish") return fish_completion(program);
  throw usage_error("--print-completion", "'" + shell + "' is none of bash, zsh, fish",
                    did_you_mean(shell, {"bash", "zsh", "fish"}));
}

std::string completion_function(const OptionSet::Parser& program) {
  std::string name = "_" + program.name;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

std::string short_help(const std::string& help) {
  constexpr std::size_t longest = 70;
  if (help.size() <= longest) return help;
  return help.substr(0, help.rfind(' ', longest - 3)) + " ...";
}

}  // namespace modelgate
