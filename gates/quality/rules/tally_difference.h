#pragma once

#include "gates/quality/rules/difference.h"
#include "gates/quality/rules/limit.h"
#include "gates/quality/rules/tally.h"

namespace modelgate {

/// Compares the predictions of a tally: by Tango's interval where the measure is a share of rows, otherwise
/// by the bootstrap. The margin of a share of rows is absolute.
Difference difference_of_tally(const Measure& measure, const Tally& tally, bool clustered,
                               const Change& margin, const QualityRule& rule);

/// The candidate's own value against a minimum; before are the labels.
Level level_of_tally(const Measure& measure, const Tally& tally, bool clustered, double minimum,
                     const QualityRule& rule);

}  // namespace modelgate
