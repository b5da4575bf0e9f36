#pragma once

#include <string>
#include <vector>

#include "gates/quality/measure.h"

namespace modelgate {

/// Finds what a check means in the data: the class that it names, or the positive class, and whether `score`
/// is its score. A class that no row is labelled with, and rows without the scores that ROC AUC needs, go
/// into `problems`. Errors: kind usage where it is open which class is the positive one.
Measure measure_of(const CheckText& check, const Answers& answers, const std::string& positive,
                   std::vector<DataProblem>& problems);

}  // namespace modelgate
