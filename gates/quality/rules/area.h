#pragma once

#include "gates/quality/rules/difference.h"
#include "gates/quality/rules/limit.h"

namespace modelgate {

/// ROC AUC of both models: DeLong's rule, or the bootstrap of clusters. Every row has scores; at least two
/// positives and two negatives.
Difference area_difference(const Measure& measure, const RowSample& rows, double margin,
                           const QualityRule& rule);

/// ROC AUC of the candidate against a minimum.
Level area_level(const Measure& measure, const RowSample& rows, double minimum, const QualityRule& rule);

}  // namespace modelgate
