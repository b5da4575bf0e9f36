#pragma once

#include <vector>

#include "tests/bench/verdicts/results.h"

namespace modelgate {

/// Who runs first in a pair: the toss of a coin for each pair, or one for two (AB BA, or BA AB).
enum class Coins { one_each, one_for_two };

/// How often a check at exactly the margin passes with 20 pairs under noise that remembers (AR(1)).
Rate wrong_passes(double rho, Coins coins, const Settings& settings);

/// Both orders for several ρ.
std::vector<PairOrderResult> compare_pair_orders(const Settings& settings);

}  // namespace modelgate
