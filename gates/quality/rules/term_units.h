#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "gates/quality/rows/row_sample.h"
#include "gates/quality/terms/row_terms.h"

namespace modelgate {

/// The rows of a sample by what is independent of each other: each row, or each cluster.
class TermUnits {
 public:
  explicit TermUnits(const RowSample& rows);

  bool clustered() const { return !first_.empty(); }
  std::size_t size() const { return clustered() ? first_.size() - 1 : rows_->size(); }
  std::size_t rows() const { return rows_->size(); }
  std::size_t rows_of(std::size_t unit) const { return clustered() ? first_[unit + 1] - first_[unit] : 1; }
  /// Calls body(row) with the number, among the joined ones, of each of a unit's rows.
  template <typename Body>
  void each_of(std::size_t unit, const Body& body) const {
    if (!clustered()) return body(rows_->number(unit));
    for (std::size_t i = first_[unit]; i < first_[unit + 1]; ++i) body(by_cluster_[i]);
  }

 private:
  const RowSample* rows_;
  std::vector<std::size_t> by_cluster_, first_;  ///< If rows are clustered.
};

/// One model's terms.
enum class Model { baseline, candidate };

/// What a metric of the kind `sums` is made of.
class TermSums {
 public:
  TermSums(const RowTerms& terms, const TermUnits& units, Model model);

  double value() const { return terms_.value(total_, rows_); }
  /// Of units that were drawn so often.
  double value(std::span<const std::int64_t> counts) const;
  /// Without one of the units.
  double without(std::size_t unit) const;
  /// For each unit, by how much it moves the metric: the gradient at the sums, times the unit's own. They add
  /// up to 0.
  std::vector<double> influence() const;

 private:
  void add(std::size_t unit, double times, std::span<double> sums) const;

  const RowTerms& terms_;
  const TermUnits& units_;
  const std::vector<double>& values_;
  const std::vector<std::uint16_t>& place_;
  std::vector<double> total_;
  double rows_ = 0;
};

}  // namespace modelgate
