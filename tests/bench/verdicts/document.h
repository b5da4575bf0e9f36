#pragma once

#include <string>

#include "tests/bench/verdicts/results.h"

namespace modelgate {

/// All results as JSON: counts, not shares, so that whoever reads them can compute what they like.
std::string json_of(const Results& results);

}  // namespace modelgate
