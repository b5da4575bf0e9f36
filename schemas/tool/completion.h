#pragma once

#include <string>

#include "schemas/tool/parser.h"

namespace modelgate {

// What shells and readers of manuals get out of what a program declares. Internal to schemas/tool: every
// program answers `--print-completion bash|zsh|fish` and `--print-manual`, which its --help leaves out,
// because builds and packages ask for them and people do not.

/// What may stand in the place of an option's value or an argument.
enum class Taken { nothing, word, choice, file, folder };

Taken taken_by(const OptionSet::Parser::Option& option);

/// A script for the shell. An Error (kind usage) for a shell that is none of the three.
std::string completion_script(const OptionSet::Parser& program, const std::string& shell);

/// The manual page, in the man macros of roff, in ASCII.
std::string manual_page(const OptionSet::Parser& program, const std::string& version);

// The parts of completion_script().
std::string bash_completion(const OptionSet::Parser& program);
std::string zsh_completion(const OptionSet::Parser& program);
std::string fish_completion(const OptionSet::Parser& program);

/// "_modelgate_gate_unit": a shell function's name.
std::string completion_function(const OptionSet::Parser& program);

/// The beginning of a help text, for a list that a shell shows.
std::string short_help(const std::string& help);

}  // namespace modelgate
