#pragma once

#include <string>
#include <vector>

#include "reporters/wording/checks.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// A row of the table: a check, or several that plainly pass or were not compared. All texts are shown().
struct Row {
  Standing standing = Standing::error;
  std::string gate, name;
  std::string values, change, bounds, margin;
  std::string sentence;            ///< Beside the name; may be empty.
  bool whole = false;              ///< The sentence is shown in full, even of what plainly passes.
  std::string needs;               ///< May be empty.
  std::vector<std::string> facts;  ///< Lines of a failure's details.
};

/// The rows in the order in which they are shown. Unless `all`, many checks become one row where nothing is
/// lost by it: tests that pass, slices that pass, what was not compared, and failures past the fortieth of a
/// gate. Failures past a gate's fifth are told in brief.
std::vector<Row> rows_of(const Verdict& verdict, bool all);

}  // namespace modelgate
