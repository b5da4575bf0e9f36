#pragma once

#include "gates/quality/rules/difference.h"
#include "gates/quality/rules/limit.h"

namespace modelgate {

// Of means and ratios: by Student's t over rows or clusters, with two units supposed (linear_estimate.h).

Difference linear_difference(const Measure& measure, const RowSample& rows, const Change& margin,
                             const QualityRule& rule);
Level linear_level(const Measure& measure, const RowSample& rows, double minimum, const QualityRule& rule);

}  // namespace modelgate
