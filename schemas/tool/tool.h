#pragma once

#include <functional>
#include <string>

#include "schemas/tool/error.h"
#include "schemas/tool/exit_code.h"
#include "schemas/tool/options.h"

namespace modelgate {

/// What --help says about a program.
struct ToolDescription {
  std::string name;     ///< "modelgate-gate-unit"
  std::string summary;  ///< One sentence.
  std::string example;  ///< One or more command lines that work as they stand.
};

/// The version of the product, "0.1.0".
std::string product_version();

/// The one way to be an executable: parses the options that `declare` binds, answers --help and --version,
/// runs `run` (or the chosen subcommand), catches every error at this one place and says it on stderr as
/// "NAME: error: where: what" with its hint, and makes sure that what was written to stdout arrived.
/// Returns the process's exit code: what `run` returned, 2 for a usage error, 4 for any other.
int run_tool(int argc, char** argv, const ToolDescription& tool,
             const std::function<void(OptionSet&)>& declare, const std::function<ExitCode()>& run);

/// The same for a program of subcommands only.
int run_tool(int argc, char** argv, const ToolDescription& tool,
             const std::function<void(OptionSet&)>& declare);

/// Prints an error the way run_tool does, for a program that must go on after it.
void print_error(const std::string& tool_name, const Error& error);

}  // namespace modelgate
