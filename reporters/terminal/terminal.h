#pragma once

#include <cstddef>
#include <string>

#include "schemas/documents/verdict.h"

namespace modelgate {

struct TerminalStyle {
  std::size_t width = 100;  ///< Columns; no line is longer.
  bool colour = false;
  bool all = false;  ///< Every check on a line of its own, with its sentence.
};

/// The verdict as a table for people: what it decides about what, then a row for each check, the most urgent
/// first (checks that plainly pass are counted where they are many), then notes.
std::string terminal_text(const Verdict& verdict, const TerminalStyle& style);

}  // namespace modelgate
