#pragma once

#include <string_view>

#include "gates/metrics/text/normalisation.h"
#include "gates/metrics/text/row_counts.h"

namespace modelgate {

/// Edits (substitutions, insertions and deletions) and the length of the reference.
using ErrorCounts = RowCounts<2>;

/// Of one row, in words. Chinese characters and kana are words of their own.
ErrorCounts word_errors(std::string_view hypothesis, std::string_view reference,
                        const Normalisation& normalisation = {.trim = true});

/// Of one row, in characters: code points of the text in NFC, blanks among them.
ErrorCounts character_errors(std::string_view hypothesis, std::string_view reference,
                             const Normalisation& normalisation = {.trim = true});

/// Word or character error rate from the sum over all rows: 0 is best, and more than 1 is possible. NaN where
/// the references are empty.
double error_rate(const ErrorCounts& sum);

}  // namespace modelgate
