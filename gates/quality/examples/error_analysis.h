#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gates/quality/rows/row_sample.h"
#include "gates/quality/rules/measure.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// What became of the rows that the candidate answers otherwise than the baseline.
struct Flips {
  std::int64_t rows = 0;     ///< That were looked at.
  std::int64_t lost = 0;     ///< Right before, wrong now.
  std::int64_t gained = 0;   ///< Wrong before, right now.
  std::int64_t changed = 0;  ///< Wrong both times, and not alike.
};
/// Of all rows, or of those that the measure is a share of.
Flips flips_of(const RowSample& rows, const Measure* measure = nullptr);

/// How often rows of a label were answered by another class. In a first release `before` is 0.
struct ConfusionChange {
  std::int32_t label = 0, answer = 0;
  std::int64_t before = 0, now = 0;

  std::int64_t growth() const { return now - before; }
};

/// All pairs that either model confuses, those that grew most first, then by the classes' names.
std::vector<ConfusionChange> confusion_changes(const RowSample& rows);

/// Tells in the details of checks that fail or cannot be decided what was lost and gained, and which
/// confusions grew most; and where the loss is what failed, the first rows that were lost. Of one class only
/// the pairs with it. Nothing for metrics that are not of predicted classes.
void explain_errors(const Measure& measure, const RowSample& rows, std::vector<Check>& checks);

}  // namespace modelgate
