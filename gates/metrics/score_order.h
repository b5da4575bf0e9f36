#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "gates/statistics/value_order.h"

namespace modelgate {

/// Rows of two classes in falling order of a score, higher scores meaning positive, sorted once for any
/// number of evaluations. Negatives and positives lie apart, and each group of positives with one score knows
/// how many negatives stand before it: that is all that ROC and precision-recall curves depend on. The order
/// of the rows that it is built from is not seen in what is computed from it.
///
/// A row counts as often as its unit: the row itself, or what `units` says (a cluster of rows that are drawn
/// together). 4 bytes a negative and up to 16 a positive.
class ScoreOrder {
 public:
  /// `positive` has a 1 for each positive row. `units` has a number for each row, or is empty. Errors
  /// (std::invalid_argument): lengths that differ, NaN or infinite scores, 2^31 rows or more.
  ScoreOrder(std::span<const double> scores, std::span<const std::uint8_t> positive,
             std::span<const std::uint32_t> units = {}, int threads = 1);
  /// From rising_order(scores, positive).
  explicit ScoreOrder(std::span<const PlacedRow> rising, std::span<const std::uint32_t> units = {});

  std::int64_t positives() const { return static_cast<std::int64_t>(positive_units_.size()); }
  std::int64_t negatives() const { return static_cast<std::int64_t>(negative_units_.size()); }
  /// The largest number of a unit, plus one.
  std::size_t units() const { return units_; }

  // By falling score.
  std::span<const std::uint32_t> positive_units() const { return positive_units_; }
  std::span<const std::uint32_t> negative_units() const { return negative_units_; }

  /// Groups of positives of one score, by falling score.
  std::size_t groups() const { return end_.size(); }
  /// How many positives there are up to and with group g.
  std::size_t end(std::size_t g) const { return end_[g]; }
  /// How many negatives score more than group g, and how many at least as much.
  std::size_t above(std::size_t g) const { return above_[g]; }
  std::size_t through(std::size_t g) const { return through_[g]; }

 private:
  void place(std::span<const PlacedRow> rising, std::span<const std::uint32_t> units);

  std::size_t units_ = 0;
  std::vector<std::uint32_t> positive_units_, negative_units_;
  std::vector<std::uint32_t> end_, above_, through_;
};

}  // namespace modelgate
