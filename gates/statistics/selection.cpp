// Selection by counting. The Walsh averages of n values are n(n+1)/2 numbers, the differences of two samples
// m·n; their order statistics are wanted, the numbers themselves are not. With the values sorted, counting
// those ≤ t takes one pass with two pointers, and the smallest t that reaches the count k is the k-th number.
// Finite doubles are ordered like whole numbers once the negative ones are flipped, so halving that range
// ends at the exact double.

#include "gates/statistics/selection.h"

#include <bit>
#include <cmath>

#include "gates/statistics/input.h"

namespace modelgate {

namespace {

constexpr std::uint64_t sign = std::uint64_t{1} << 63;

std::uint64_t key_of(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);  // + 0.0 turns −0 into 0
  return (bits & sign) ? ~bits : bits | sign;
}

double value_of(std::uint64_t key) { return std::bit_cast<double>((key & sign) ? key & ~sign : ~key); }

}  // namespace

double kth_smallest(std::int64_t k, double low, double high,
                    const std::function<std::int64_t(double)>& count_at_most) {
  require(k >= 1, "orders are counted from 1");
  require(std::isfinite(low) && std::isfinite(high) && low <= high, "the numbers have no finite bounds");
  std::uint64_t first = key_of(low), last = key_of(high);
  while (first < last) {
    const std::uint64_t middle = first + (last - first) / 2;
    if (count_at_most(value_of(middle)) >= k) {
      last = middle;
    } else {
      first = middle + 1;
    }
  }
  return value_of(first) + 0.0;
}

}  // namespace modelgate
