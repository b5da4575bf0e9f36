#pragma once

#include <cstddef>
#include <cstdint>
#include <random>

namespace modelgate {

/// Which of two subjects goes first in each pair. Every pair tosses a coin of its own, so that whatever the
/// machine does, the sign of a pair's noise is fair and independent of all others: sign and signed-rank tests
/// of the pairs are then exact. A coin for two pairs (AB then BA) would not do: noise that lasts for some
/// processes makes the two alike, and a test at 5 % errs in up to 6 %.
class PairOrder {
 public:
  explicit PairOrder(std::uint64_t seed) : random_(seed) {}

  /// 0 or 1.
  std::size_t first_of_next() { return static_cast<std::size_t>(random_() >> 63); }

 private:
  std::mt19937_64 random_;
};

}  // namespace modelgate
