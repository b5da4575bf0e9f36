#pragma once

#include "gates/quality/rules/difference.h"
#include "gates/quality/rules/limit.h"

namespace modelgate {

// Average precision, recall at a precision and the false positive rate at a recall, of one class. Every row
// has a score of it.

/// Both models, by the paired BCa bootstrap; the average precision of very many rows by its jackknife.
Difference order_difference(const Measure& measure, const RowSample& rows, const Change& margin,
                            const QualityRule& rule);

/// The candidate's own value against a minimum of its goodness.
Level order_level(const Measure& measure, const RowSample& rows, double minimum, const QualityRule& rule);

}  // namespace modelgate
