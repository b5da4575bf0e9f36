#pragma once

#include <span>

#include "gates/quality/rules/difference.h"

namespace modelgate {

/// Units of which the candidate's goodness is less than the baseline's, or more.
struct UnitChanges {
  std::int64_t worse = 0, better = 0;

  std::int64_t differing() const { return worse + better; }
};

UnitChanges changes_between(std::span<const double> before, std::span<const double> now);

/// Where hardly any unit differs: rests a comparison on the worst case, that no more units than Clopper and
/// Pearson's bound of the harmful ones get worse, each by no more than `fall_of_one` (what it adds to the
/// fall of the metric, on the scale of goodness).
/// Where that is no positive number, or less than the change that was seen, nothing can be decided.
void rest_on_worst_case(Difference& result, const UnitChanges& changes, double fall_of_one, double margin,
                        const QualityRule& rule);

/// Both values are numbers, and the margin is no share of 0; otherwise it is said why nothing can be decided.
bool is_defined(Difference& result, const Change& margin);

}  // namespace modelgate
