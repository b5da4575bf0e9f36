#pragma once

#include <cstdint>
#include <vector>

#include "gates/statistics/interval.h"

namespace modelgate {

/// Bounds of the mean of bounded values that hold at all times at once: one may look after every value, stop
/// whenever one likes, and each bound is wrong with at most the probability `tail` in the whole life of the
/// sequence. The order of the values is the order in which they were measured, and not one that looks at
/// them.
class ConfidenceSequence {
 public:
  /// All values lie within `range`, which is finite and not empty. `planned`: the number of values near which
  /// the bounds shall be tightest (they hold at all others, too); 0 if there is none.
  ConfidenceSequence(Interval range, double tail, std::int64_t planned = 0);

  /// Errors: a value that is not within the range.
  void add(double value);

  std::int64_t count() const { return static_cast<std::int64_t>(sums_.size()); }
  /// Of the values so far; at least one.
  double mean() const;
  /// The tightest bounds so far, within the range; they never widen. Where the lower one is above the upper
  /// one, the mean drifted.
  Interval bounds() const { return bounds_; }

  /// p-values that hold at all times, too: of "the mean is at most δ" and "at least δ". They are at most
  /// `tail` where the bounds exclude δ.
  double p_greater(double delta) const;
  double p_less(double delta) const;

 private:
  /// After each value, of values scaled to [0, 1]: Σλ, Σλx, and Σ of what the variance costs.
  struct Sums {
    double weight = 0, weighted = 0, cost = 0;
  };

  double p_value(double delta, double sign) const;

  Interval range_, bounds_;
  double tail_, planned_;
  std::vector<Sums> sums_;
  double total_ = 0, squares_ = 0;  ///< Σx, and Σ(x − mean so far)²
};

}  // namespace modelgate
