#pragma once

#include <string>

#include "tests/bench/verdicts/results.h"

namespace modelgate {

/// The targets as a table.
std::string target_table(const Results& results);

/// Whether measured histories were resampled, and if not, why.
std::string histories_text(const Results& results);

/// Everything, in Markdown.
std::string markdown_of(const Results& results);

}  // namespace modelgate
