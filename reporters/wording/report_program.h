#pragma once

#include <functional>
#include <string>

#include "schemas/documents/verdict.h"
#include "schemas/tool/tool.h"

namespace modelgate {

/// A reporter as a program: VERDICT.json [--output FILE] and what `declare` adds. Writes what `render` makes
/// of the verdict, to the file or stdout. The exit code is 0 when the report was written, whatever the
/// verdict says.
int run_reporter(int argc, char** argv, const ToolDescription& tool,
                 const std::function<void(OptionSet&)>& declare,
                 const std::function<std::string(const Verdict&, bool to_file)>& render);

/// The same for a reporter that wants to name the verdict's file, as it was typed.
int run_reporter(
    int argc, char** argv, const ToolDescription& tool, const std::function<void(OptionSet&)>& declare,
    const std::function<std::string(const Verdict&, const std::string& path, bool to_file)>& render);

}  // namespace modelgate
