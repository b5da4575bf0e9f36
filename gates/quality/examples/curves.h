#pragma once

#include <string>
#include <vector>

#include "gates/quality/checks/check_text.h"
#include "gates/quality/rules/measure.h"

namespace modelgate {

/// The check depends on the order of the scores of a class.
bool has_curve(const CheckText& check);

/// The curves of the checks that depend on the order of scores, over all rows, of each model up to 1,000
/// points: CSV with the columns check, model (baseline, candidate), curve ("roc": x is the false positive
/// rate, y the recall; "precision-recall": x is the recall, y the precision), x, y. `measures` belong to the
/// checks.
std::string curves_of(const std::vector<CheckText>& checks, const std::vector<Measure>& measures,
                      const Answers& answers);

/// The header alone, for what could not be judged.
std::string no_curves();

}  // namespace modelgate
