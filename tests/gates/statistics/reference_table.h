#pragma once

#include "tests/gates/reference/reference_case.h"

namespace modelgate {

// The computations that reference/table.txt has cases of.
const Computations& reference_rules();   ///< Tests, intervals and distributions.
const Computations& reference_powers();  ///< Power, needed numbers and sequential methods.

}  // namespace modelgate
