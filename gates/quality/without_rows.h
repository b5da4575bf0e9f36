#pragma once

#include <vector>

#include "gates/quality/judging.h"
#include "gates/quality/rows/doubtful_rows.h"

namespace modelgate {

/// Judges a part once more without its doubtful rows, if it has any, and adds to each of its checks a warning
/// with the values, and the status if that would be another. Before the correction for many checks.
void say_without(const DoubtfulRows& doubtful, const Part& part, const Answers& answers,
                 const QualityDemands& demands, const Verdict& verdict, std::vector<Check>& checks);

}  // namespace modelgate
