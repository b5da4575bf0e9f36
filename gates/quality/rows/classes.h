#pragma once

#include <string>
#include <vector>

#include "gates/quality/rules/measure.h"

namespace modelgate {

/// The classes of which a check may need the scores, before it is known which labels there are.
std::vector<std::string> classes_with_scores(const CheckText& check, const std::string& positive);

/// Finds what a check means in the data: the class that it names, or the positive class, and whether `score`
/// is its score; and computes the terms of rows that it rests on, on so many threads. A class that no row is
/// labelled with, and rows without scores that are needed, go into `problems`. Errors: kind usage where it is
/// open which class is the positive one.
Measure measure_of(const CheckText& check, const Answers& answers, const std::string& positive, int threads,
                   std::vector<DataProblem>& problems);

}  // namespace modelgate
