#pragma once

#include <set>
#include <string>

#include "gates/quality/rows/answer_file.h"

namespace modelgate {

/// Asks for what tells the classes of a file: labels, predictions, and all scores of each row.
void ask_for_classes(RowRequest& request);

/// Every class that a file knows: those that are labels or predictions, and those that rows give a score,
/// whether they occur as a label or not: of a test set that lacks a class the probabilities still add up with
/// it.
std::set<std::string> classes_in(const AnswerFile& file);

}  // namespace modelgate
