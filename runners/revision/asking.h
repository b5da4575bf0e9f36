#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace modelgate {

/// What a version-control program answered.
struct Answer {
  bool succeeded = false;   ///< Ended with 0, in time, and `text` is whole.
  int exit_code = -1;       ///< Of a program that ended by itself.
  std::string text;         ///< Its stdout.
  std::string problem;      ///< What went wrong, in one line, without credentials; else empty.
  std::string errors;       ///< Its stderr, the beginning and the end of it; for tests of what it says only.
  bool is_missing = false;  ///< There is no such program.
  bool is_late = false;     ///< It did not end within its time.

  /// The text without line ends at its end.
  std::string line() const;
};

struct AskingLimits {
  std::chrono::milliseconds time = std::chrono::seconds(30);
  std::size_t bytes = 1 << 20;  ///< Of the answer; a longer one is none.
};

/// Runs a program in a folder, without a shell and without the variables that a hook or a terminal sets
/// (GIT_DIR, GIT_INDEX_FILE, …): it sees those that every child of ours sees, those in `environment`, and
/// LC_ALL=C.UTF-8. It has no terminal to ask at. Internal to runners/revision.
Answer ask(std::vector<std::string> argv, const std::filesystem::path& folder,
           std::map<std::string, std::string> environment, const AskingLimits& limits);

/// "https://name:word@host/x" as "https://***@host/x": messages of Git name the address of a remote.
std::string without_credentials(const std::string& text);

}  // namespace modelgate
