#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>

#include "schemas/tool/options.h"

namespace modelgate {

/// One CLI11 App (the program or a subcommand) behind an OptionSet. Internal to schemas/tool.
struct OptionSet::Parser {
  CLI::App* app = nullptr;
  std::function<ExitCode()> run;        // of a subcommand
  std::list<Parser> subcommands;   // a list, because OptionSet refers to its Parser
  std::list<OptionSet> option_sets;

  /// The subcommand that was given, or null.
  Parser* chosen();
};

}  // namespace modelgate
