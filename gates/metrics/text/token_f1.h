#pragma once

#include <span>
#include <string_view>

#include "gates/metrics/text/normalisation.h"

namespace modelgate {

/// F1 of 0 … 1 of the words that hypothesis and reference share, of the reference that gives the best one:
/// the row's value, of which a corpus has the mean. Where one of them has no words it is 1 if neither has,
/// else 0 (SQuAD 2.0's answer to questions without an answer). NaN without references.
double token_f1(std::string_view hypothesis, std::span<const std::string_view> references,
                const Normalisation& normalisation = {.squad = true});

}  // namespace modelgate
