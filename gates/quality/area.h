#pragma once

#include <optional>
#include <span>

#include "gates/quality/difference.h"
#include "gates/quality/limit.h"

namespace modelgate {

/// The score that a record gives the measure's class: of `scores`, or `score` where that is its.
std::optional<double> score_of(const Measure& measure, const Record& record);

/// ROC AUC of both models: DeLong's rule, or the bootstrap of clusters. Every row has scores; at least two
/// positives and two negatives.
Difference area_difference(const Measure& measure, std::span<const Row> rows, bool clustered, double margin,
                           const QualityRule& rule);

/// ROC AUC of the candidate against a minimum.
Level area_level(const Measure& measure, std::span<const Row> rows, bool clustered, double minimum,
                 const QualityRule& rule);

}  // namespace modelgate
