#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gates/quality/rows/answers.h"

namespace modelgate {

/// The rows that show what changed, as lines of JSON: a summary with counts; the difference of the confusion
/// matrices, most worsened first; then up to `most` rows of each kind, in the order of their keys, as both
/// models answered them, with all of their fields: "lost" (right before, wrong now), "gained" (the other way
/// about), "changed" (wrong both times, and not alike); of a first release "wrong". Needs labels and
/// predictions. What is to be redacted and is in none of the chosen rows goes into `warnings`. Errors: those
/// of whole_rows_of().
std::string examples_of(const Answers& answers, std::int64_t most, std::vector<std::string>& warnings);

/// The same where nothing could be judged.
std::string no_examples();

}  // namespace modelgate
