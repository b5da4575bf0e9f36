#pragma once

#include "runners/selftest/laboratory.h"
#include "runners/selftest/matrix.h"
#include "runners/selftest/specimen.h"
#include "runners/selftest/whole_verdicts.h"

namespace modelgate {

/// Plants slowdowns: values of the candidate, scaled so that each benchmark's effect, as the gate itself
/// reports it, is none, half the margin, twice the margin, and gross (four times as slow). The noise is that
/// of the last run where a baseline was measured; where there is none, both sides are the same values. For
/// absolute limits: half and twice the limit.
void plant_samples(const Specimen& specimen, Laboratory& laboratory, Matrix& matrix, WholeVerdicts& whole);

/// The effect that a level plants, as the ratio of the candidate's value to the baseline's. `margin` as a
/// fraction; of a rate, which cannot fall by 100 %, twice the margin is the margin taken twice.
double planted_ratio(Level level, double margin, bool rate);

}  // namespace modelgate
