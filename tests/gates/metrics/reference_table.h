#pragma once

#include "tests/gates/reference/reference_case.h"

namespace modelgate {

// The computations that reference/table.txt has cases of.
const Computations& reference_answers();  ///< Classes, probabilities.
const Computations& reference_scores();   ///< Scores and curves.
const Computations& reference_means();    ///< Regression, ranking, language models, preference.

}  // namespace modelgate
