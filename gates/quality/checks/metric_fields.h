#pragma once

#include <string>
#include <vector>

#include "gates/quality/checks/check_text.h"
#include "gates/quality/rows/answers.h"

namespace modelgate {

/// What a judge said of the candidate's answer where it was shown first, and second: 1 preferred, ½ a tie.
inline const std::string won_first = "metrics.won_first", won_second = "metrics.won_second";

/// What a check needs of every row, besides its slice. `positive` is the class that a single score is of;
/// `all_classes` are those that the files know, where the check asks for the scores of all.
NeededFields fields_of(const CheckText& check, const std::string& positive,
                       const std::vector<std::string>& all_classes);

/// A check asks for the scores of all classes, and they must be known before the rows are read.
bool needs_all_classes(const CheckText& check);

}  // namespace modelgate
