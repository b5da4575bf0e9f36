#pragma once

#include <cstdint>
#include <optional>

#include "gates/statistics/power_of_means.h"

namespace modelgate {

/// The exact signed-rank rule (signed_rank, walsh_estimate) on n pairs whose differences are normal. Below
/// the number of pairs at which 2^−n ≤ tail the power is 0: no ranks can prove anything. See power_search.h
/// for what the functions answer.
double signed_rank_power(std::int64_t pairs, double effect, const MeanDesign& design);
std::optional<std::int64_t> signed_rank_needed(double effect, const MeanDesign& design, double power);
double signed_rank_detectable(std::int64_t pairs, const MeanDesign& design, double power);

/// The rank-sum rule (rank_sum, shift_estimate) on n values each, normal with one spread. The power is 0
/// where no p-value reaches the tail.
double rank_sum_power(std::int64_t each, double effect, const MeanDesign& design);
std::optional<std::int64_t> rank_sum_needed(double effect, const MeanDesign& design, double power);
double rank_sum_detectable(std::int64_t each, const MeanDesign& design, double power);

}  // namespace modelgate
