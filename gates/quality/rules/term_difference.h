#pragma once

#include "gates/quality/rules/difference.h"
#include "gates/quality/rules/limit.h"

namespace modelgate {

// Metrics of the family of terms. measure.terms is set.

/// Both models: shares of rows by Tango's interval, means and ratios by Student's t, other functions of sums
/// by the paired BCa bootstrap, or the delta method where there are very many units.
Difference terms_difference(const Measure& measure, const RowSample& rows, const Change& margin,
                            const QualityRule& rule);

/// The candidate's own value against a minimum of its goodness.
Level terms_level(const Measure& measure, const RowSample& rows, double minimum, const QualityRule& rule);

/// Beyond so many units a metric that is a smooth function of sums is judged by its linear part: the
/// resamples would take minutes, and the two have long agreed.
inline constexpr std::size_t most_resampled_units = 50'000;

}  // namespace modelgate
