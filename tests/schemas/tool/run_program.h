#pragma once

#include <string>

/// What a program did.
struct Outcome {
  int exit_code = -1;  ///< 128 + signal where it was killed, as a shell says it.
  std::string out, err;
};

/// Runs `TOOL_UNDER_TEST ARGUMENTS` by the shell; `before` stands in front ("LC_ALL=C"), redirections may
/// follow the arguments.
Outcome run_tool_under_test(const std::string& arguments, const std::string& before = "");
