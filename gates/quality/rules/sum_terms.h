#pragma once

#include "gates/quality/rules/difference.h"
#include "gates/quality/rules/limit.h"

namespace modelgate {

// Of other functions of sums: by the paired BCa bootstrap of rows or clusters, or the delta method.

Difference sums_difference(const Measure& measure, const RowSample& rows, const Change& margin,
                           const QualityRule& rule);
Level sums_level(const Measure& measure, const RowSample& rows, double minimum, const QualityRule& rule);

}  // namespace modelgate
