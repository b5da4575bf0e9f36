#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "gates/quality/rules/measure.h"

namespace modelgate {

/// With what the candidate's predictions are set beside.
enum class Against { baseline, labels };

/// Rows as pairs of predictions, grouped into units for resampling: rows that were answered alike are one
/// kind of unit, or every cluster is one.
struct Tally {
  struct Entry {
    std::int32_t label = 0, before = 0, now = 0;  ///< Before: of the baseline, or the label itself.
    std::int64_t count = 0;
  };
  std::size_t classes = 0;
  std::vector<std::int64_t> multiplicity;  ///< By unit.
  std::vector<Entry> entries;
  std::vector<std::size_t> first;  ///< Unit u has the entries [first[u], first[u + 1]).

  std::int64_t units() const;
  std::int64_t rows_of_largest_unit() const;
  /// Of one model, with unit u drawn counts[u] times.
  ClassCounts of(std::int32_t Entry::*prediction, std::span<const std::int64_t> counts) const;
  /// The same in the memory of counts that are given.
  void count(std::int32_t Entry::*prediction, std::span<const std::int64_t> counts,
             ClassCounts& result) const;
};

/// With one_class the classes become two: 1 for the class, 0 for the rest. Of a share of rows only those that
/// it is over are taken, labelled 1 and predicted 1 where the answer is right. Rows that differ only in order
/// give the same tally.
Tally tally_of(const Measure& measure, const RowSample& rows, Against against = Against::baseline);

/// Whether the baseline answers such rows right and the candidate wrong.
bool is_lost(const RowKind& kind);

/// All rows, right before; right now where they are not lost.
Tally tally_of_kept(const RowSample& rows);

/// Units in which a prediction differs from the one before; from them those with a wrong one now (also where
/// both are wrong, since that may cost another class its precision), and those with a wrong one before.
struct Changes {
  std::int64_t differing = 0, harmful = 0, helpful = 0;
};

Changes changes_in(const Tally& tally);

/// Units that are supposed besides those that were seen: one that changed for the worse, one that changed for
/// the better, or both.
enum class Supposed { worse, better, both };

/// The tally with them, each where it counts most. In clusters they have the usual number of rows.
Tally supposing(Tally tally, const Measure& measure, Supposed supposed);

}  // namespace modelgate
