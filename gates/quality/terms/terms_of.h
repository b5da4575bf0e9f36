#pragma once

#include <memory>
#include <vector>

#include "gates/quality/checks/check_text.h"
#include "gates/quality/rows/answers.h"
#include "gates/quality/rules/measure.h"
#include "gates/quality/terms/row_terms.h"

namespace modelgate {

/// Computes the terms of a metric of the family of terms, for all joined rows, on so many threads (0: all
/// cores). `measure` says which class is meant. Numbers that cannot be what they should (a probability of
/// 1.3, fewer than no tokens) go into `problems`.
std::shared_ptr<const RowTerms> terms_of(const CheckText& check, const Measure& measure,
                                         const Answers& answers, int threads,
                                         std::vector<DataProblem>& problems);

}  // namespace modelgate
