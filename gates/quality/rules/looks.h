#pragma once

#include <span>
#include <vector>

#include "gates/quality/rows/looks_reached.h"
#include "gates/quality/rules/difference.h"
#include "gates/quality/rules/limit.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// The rule of one look of several: its share of the error rates.
QualityRule rule_at(const Look& look, QualityRule rule);

/// What all looks so far prove together: the numbers of the last, the best bound of any (each look held its
/// own at its share of the error rates) and p-values that hold whenever one stops (alpha_spending.h). A look
/// that doubts its numbers proves nothing; the doubt of the last stands unless another look proves something
/// by its margin (`minimum`) and the whole `rule`. `records` get an entry a look.
Difference together(std::span<const Difference> by_look, const LooksReached& looks, const QualityRule& rule,
                    std::vector<LookRecord>& records);
Level together(std::span<const Level> by_look, const LooksReached& looks, double minimum,
               const QualityRule& rule, std::vector<LookRecord>& records);

}  // namespace modelgate
