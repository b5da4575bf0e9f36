#pragma once

#include "tests/bench/verdicts/results.h"

namespace modelgate {

/// The figures that were promised, each held against what was measured: bounds, not shares.
std::vector<Target> targets_of(const Results& results);

}  // namespace modelgate
