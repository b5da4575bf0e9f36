#pragma once

#include <string>
#include <vector>

#include "gates/quality/checks/check_text.h"
#include "gates/quality/slices/slice_text.h"
#include "gates/quality/slices/slices.h"

namespace modelgate {

/// The fields that a check is by; of a check of all rows none. Errors: those of parse_slicing().
Slicing slicing_of(const CheckText& check);

/// The checks, and behind each one that is of all rows the same by each of `slices` ("lang", "lang*channel"),
/// unless another check of that metric is by the same fields: that one has the say. Errors: kind usage for
/// slices that cannot be read or are given twice.
std::vector<CheckText> with_slices(const std::vector<CheckText>& checks,
                                   const std::vector<std::string>& slices);

/// What the checks are by, each once.
std::vector<Slicing> slicings_of(const std::vector<CheckText>& checks);

/// Reads slices that must be there: "lang=zh", "lang=zh*channel=web". Errors: kind usage for what cannot be
/// read, is given twice, or is a slice of no check.
std::vector<SliceName> expected_slices(const std::vector<std::string>& texts,
                                       const std::vector<CheckText>& checks);

}  // namespace modelgate
