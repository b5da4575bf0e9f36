#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "gates/statistics/interval.h"

namespace modelgate {

/// The areas under the ROC curves of two models that scored the same examples.
struct AucComparison {
  double first = 0, second = 0;
  double first_variance = 0, second_variance = 0;
  double variance = 0;  ///< Of the difference.
  std::int64_t positives = 0, negatives = 0;
  /// Of each class, the examples that stand elsewhere among the other class in one model than in the other.
  std::int64_t positives_moved = 0, negatives_moved = 0;

  double difference() const { return first - second; }
  double standard_error() const;
  /// The variance of the difference is zero (identical rankings, or both separate perfectly): it says nothing
  /// about the uncertainty, and a gate must not decide by it. The p-values are then 1.
  bool degenerate() const;

  Interval bounds(double tail) const;
  double p_greater(double delta) const;
  double p_less(double delta) const;
};

/// Higher scores mean positive; `positive` has a 1, or true, for each positive example. At least two
/// positives and two negatives. The result is the same for any order of the examples and any number of
/// threads (0: all cores), bit for bit.
AucComparison delong(std::span<const double> first, std::span<const double> second,
                     std::span<const std::uint8_t> positive, int threads = 0);
AucComparison delong(std::span<const double> first, std::span<const double> second,
                     const std::vector<bool>& positive, int threads = 0);

}  // namespace modelgate
