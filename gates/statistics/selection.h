#pragma once

#include <cstdint>
#include <functional>

namespace modelgate {

/// The k-th smallest (from 1) of a multiset of numbers that is never written down: `count_at_most(t)` says
/// how many of them are ≤ t. Exact, in at most 64 calls: it halves the doubles between `low` and `high`
/// themselves, which bound the multiset.
double kth_smallest(std::int64_t k, double low, double high,
                    const std::function<std::int64_t(double)>& count_at_most);

}  // namespace modelgate
