#pragma once

#include "gates/quality/rules/difference.h"
#include "gates/quality/rules/limit.h"

namespace modelgate {

// Spearman's rank correlation of the numbers `label` and `prediction`, which every row has.

/// Both models, by the paired BCa bootstrap of rows or clusters.
Difference rank_difference(const Measure& measure, const RowSample& rows, const Change& margin,
                           const QualityRule& rule);

/// The candidate's own value against a minimum.
Level rank_level(const Measure& measure, const RowSample& rows, double minimum, const QualityRule& rule);

}  // namespace modelgate
