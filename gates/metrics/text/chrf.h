#pragma once

#include <span>
#include <string_view>

#include "gates/metrics/text/row_counts.h"

namespace modelgate {

struct ChrfOptions {
  int word_order = 0;  ///< 0 is chrF, 2 is chrF++; 1 counts single words only.
  bool lower_case = false;
};

/// Of characters 1 … 6 and then words 1 … 2: n-grams of the hypothesis, of the reference, and matches. Words
/// are 0 where the word order leaves them out.
using ChrfCounts = RowCounts<24>;

/// Of one row, against the reference that gives the row the best score, the first of equal ones. Empty
/// references are no references where others are not empty. A word order outside of 0 … 2 throws
/// std::invalid_argument.
ChrfCounts chrf_counts(std::string_view hypothesis, std::span<const std::string_view> references,
                       const ChrfOptions& options = {});

/// chrF or chrF++ of 0 … 100 from the sum over all rows, as sacrebleu has it. NaN where the references have
/// no characters at all.
double chrf_score(const ChrfCounts& sum, double beta = 2);

}  // namespace modelgate
