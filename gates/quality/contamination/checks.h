#pragma once

#include <optional>

#include "gates/quality/contamination/options.h"
#include "gates/quality/rows/answer_file.h"
#include "gates/quality/rows/doubtful_rows.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// What the candidate's rows must be read with.
void ask_for_test_texts(const ContaminationDemands& demands, RowRequest& request);

/// Looks for the test texts in the training data and among themselves, and adds a check of each to the
/// verdict: by its limit, or, without one, not compared. What is wrong with the test data becomes error
/// checks. Returns the rows that are in the training data. Errors: those of origins_of() and TestTexts.
DoubtfulRows check_contamination(const AnswerFile& candidate, const ContaminationDemands& demands,
                                 Verdict& verdict);

}  // namespace modelgate
