#pragma once

#include "tests/bench/verdicts/noise_models.h"
#include "tests/bench/verdicts/results.h"

namespace modelgate {

/// Looks at 10, 20 and 40 pairs against a fixed number of pairs with the same error rates: the fewest that
/// prove a regression of one and a half margins as often as the looks do, 40 at most.
SequentialResult compare_sequential(const NoiseModel& model, std::size_t model_number, std::size_t family,
                                    const Settings& settings);

}  // namespace modelgate
