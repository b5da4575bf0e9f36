#pragma once

#include <cstdint>

#include "gates/statistics/interval.h"

namespace modelgate {

/// Two models that answered the same rows, row by row.
struct PairedCounts {
  std::int64_t both = 0;         ///< Both right.
  std::int64_t only_first = 0;   ///< Only the first right.
  std::int64_t only_second = 0;  ///< Only the second right.
  std::int64_t neither = 0;

  std::int64_t rows() const { return both + only_first + only_second + neither; }
  std::int64_t discordant() const { return only_first + only_second; }
  /// The proportion of the first minus that of the second.
  double difference() const;
};

/// Tango's score statistic of "the difference first − second is δ"; standard normal if it is. It falls as δ
/// grows, from +∞ to −∞ over [−1, 1].
double tango_statistic(const PairedCounts& counts, double delta);

/// Bounds of the difference first − second: the δ at which the statistic is ±z.
Interval tango_bounds(const PairedCounts& counts, double tail);

/// p-values of "the difference is at most δ" and "at least δ". They agree with the bounds:
/// p_greater ≤ tail exactly where the lower bound is at least δ.
double tango_p_greater(const PairedCounts& counts, double delta);
double tango_p_less(const PairedCounts& counts, double delta);

/// Newcombe's square-and-add bounds of the same difference, by another road: a cross-check.
Interval newcombe_bounds(const PairedCounts& counts, double tail);

}  // namespace modelgate
