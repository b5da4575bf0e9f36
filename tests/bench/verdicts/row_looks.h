#pragma once

#include "tests/bench/verdicts/results.h"

namespace modelgate {

/// Evals whose rows are taken in looks, by the quality gate's own rule, against a fixed number of rows with
/// the same error rates: the fewest that prove a loss of one and a half margins as often as the looks do.
RowLooksResult compare_row_looks(std::vector<std::int64_t> looks, double margin_points,
                                 std::uint64_t experiment_part, const Settings& settings);

}  // namespace modelgate
