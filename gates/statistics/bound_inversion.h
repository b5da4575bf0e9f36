#pragma once

#include <functional>

namespace modelgate {

/// The p-value of "the true value is at most `threshold`" that belongs to a lower bound: the smallest tail at
/// which the bound reaches the threshold, to 1e-12 and relative 1e-9. `lower_at` gives the bound at a tail
/// and rises with it. 1 where the bound does not even reach it at a tail of one half, or is NaN.
double p_of_lower_bound(const std::function<double(double)>& lower_at, double threshold);

}  // namespace modelgate
