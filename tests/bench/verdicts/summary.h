#pragma once

#include <string>

#include "tests/bench/verdicts/results.h"

namespace modelgate {

/// Every rule in one line: how often it is wrong, and how often it cannot tell, for a suite of 100 checks.
std::string summary_table(const Results& results);

}  // namespace modelgate
