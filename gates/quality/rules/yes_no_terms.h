#pragma once

#include "gates/quality/rules/difference.h"
#include "gates/quality/rules/limit.h"

namespace modelgate {

// Of zeros and ones: the share of ones, by the rules for shares of rows (tally_difference.h). The margin is
// absolute.

Difference yes_no_difference(const Measure& measure, const RowSample& rows, const Change& margin,
                             const QualityRule& rule);
Level yes_no_level(const Measure& measure, const RowSample& rows, double minimum, const QualityRule& rule);

}  // namespace modelgate
