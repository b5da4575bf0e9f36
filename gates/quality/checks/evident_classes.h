#pragma once

#include <string>
#include <vector>

#include "gates/quality/checks/check_text.h"

namespace modelgate {

/// Of two labels, sorted, the positive one, where everybody would say the same: 1 of 0 and 1, true, yes,
/// positive; otherwise "". Guessing wrong would turn a better ranking into a worse one.
std::string evident_positive(const std::vector<std::string>& labels);

/// The classes of which a check may need the scores, before it is known which labels there are.
std::vector<std::string> classes_with_scores(const CheckText& check, const std::string& positive);

}  // namespace modelgate
