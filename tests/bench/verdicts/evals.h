#pragma once

#include "tests/bench/verdicts/results.h"

namespace modelgate {

/// Two models that answered the same 1,000 rows, the baseline 80 % of them right, of 100 rows only one of
/// them: the quality gate's rule against rules that do not know that the rows are the same.
std::vector<EvalResult> run_evals(const Settings& settings);

/// What the unpaired rules say of `right_before` and `right_now` of `rows`: the candidate is worse.
bool worse_by_unpaired_z(std::int64_t right_before, std::int64_t right_now, std::int64_t rows);
bool worse_by_intervals(std::int64_t right_before, std::int64_t right_now, std::int64_t rows);

inline constexpr char our_evals[] = "modelgate, paired";
inline constexpr char unpaired_z[] = "unpaired z test, two-sided 0.05";
inline constexpr char apart_intervals[] = "two 95 % intervals that do not overlap";

}  // namespace modelgate
