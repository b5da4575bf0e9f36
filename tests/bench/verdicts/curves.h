#pragma once

#include "tests/bench/verdicts/line_chart.h"
#include "tests/bench/verdicts/results.h"

namespace modelgate {

/// What becomes of one check, by the size of its effect.
LineChart power_chart(const Results& results);

/// How often a suite without any change is blocked under a noise model, by its number of checks.
LineChart false_block_chart(const Results& results, const std::string& model);

}  // namespace modelgate
