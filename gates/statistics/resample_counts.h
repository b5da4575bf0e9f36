#pragma once

#include <cstdint>
#include <span>

#include "gates/statistics/random.h"

namespace modelgate {

/// How often each of n units is drawn when n are drawn with replacement: the numbers that n calls of
/// random.below(n) on a new stream would draw, faster. Fewer than 2^32 units.
void draw_counts(RandomStream random, std::span<std::uint32_t> times);

}  // namespace modelgate
