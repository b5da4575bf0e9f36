#pragma once

#include <string>
#include <vector>

#include "gates/quality/rules/measure.h"

namespace modelgate {

/// Finds what a check means in the data: the class that it names, or the positive class, and whether `score`
/// is its score; and computes the terms of rows that it rests on, on so many threads. A class that no row is
/// labelled with, and rows without scores that are needed, go into `problems`. Errors: kind usage where it is
/// open which class is the positive one.
Measure measure_of(const CheckText& check, const Answers& answers, const std::string& positive, int threads,
                   std::vector<DataProblem>& problems);

}  // namespace modelgate
