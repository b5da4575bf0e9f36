#pragma once

#include <cstddef>
#include <string>

#include "schemas/documents/verdict.h"
#include "schemas/tool/exit_code.h"

namespace modelgate {

/// What a platform is told of a verdict. It succeeds exactly where the exit code is 0: what blocks is never
/// announced as a success, and a document that contradicts itself counts as the worse of what it says.
struct Announcement {
  ExitCode exit_code = ExitCode::error;
  Status status = Status::error;
  bool warns = false;  ///< Inconclusive, and that does not block.
  std::string text;    ///< "FAIL: 2 of 14 checks fail: …": one printable line.

  bool succeeds() const { return exit_code == ExitCode::pass; }
};
Announcement announcement_of(const Verdict& verdict);

/// The text within so many characters, as platforms count them (UTF-16 units); what is longer ends in "…".
std::string within_characters(const std::string& text, std::size_t most);

}  // namespace modelgate
