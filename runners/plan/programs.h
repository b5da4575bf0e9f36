#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace modelgate {

/// Where a program of ours (or somebody's modelgate-run-X) lies: beside this program, otherwise in PATH.
std::optional<std::filesystem::path> find_program(const std::string& name);

/// The same; an Error (kind infrastructure, with how to get it) if there is none.
std::filesystem::path require_program(const std::string& name);

/// The variables by which a program that writes to our terminal knows its width and colours.
std::map<std::string, std::string> terminal_environment();

/// argv as a line that can be pasted into a POSIX shell.
std::string shell_line(const std::vector<std::string>& argv);

}  // namespace modelgate
