#pragma once

#include <vector>

#include "gates/quality/rows/row_problems.h"
#include "gates/quality/slices/slices.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// Slices of which one of the files has no row: those that disappeared, and those that are new.
void find_lost_slices(const Side& baseline, const Side& candidate, const SliceColumns& columns,
                      std::vector<DataProblem>& problems);

/// Slices of which no row has an answer; of those that a check is by and later looks can no longer show.
void find_unanswered_slices(Slices& slices, const Slicing& slicing, std::vector<DataProblem>& problems);

/// Expected slices that are not there. `slicings` are those that the checks are by.
void find_missing_slices(Slices& slices, const std::vector<Slicing>& slicings,
                         const std::vector<SliceName>& expected, std::vector<DataProblem>& problems);

/// What is to be said of the rows that a slice lacks, and of the slices that are judged as one: into the
/// warnings and details of its checks.
void tell_of(const Slice& slice, std::vector<Check>& checks);

}  // namespace modelgate
