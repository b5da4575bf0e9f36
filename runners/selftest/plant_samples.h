#pragma once

#include "runners/selftest/laboratory.h"
#include "runners/selftest/matrix.h"
#include "runners/selftest/specimen.h"
#include "runners/selftest/whole_verdicts.h"

namespace modelgate {

/// Plants slowdowns: on both sides stand the candidate's values, and then the candidate's are scaled by half
/// the margin, twice the margin, and to four times as slow; for absolute limits to half and twice the limit.
/// Benchmarks, values and processes get lost. What the noise of the last run would hide is noted.
void plant_samples(const Specimen& specimen, Laboratory& laboratory, Matrix& matrix, WholeVerdicts& whole);

}  // namespace modelgate
