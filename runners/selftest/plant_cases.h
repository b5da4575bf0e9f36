#pragma once

#include "runners/selftest/laboratory.h"
#include "runners/selftest/matrix.h"
#include "runners/selftest/specimen.h"
#include "runners/selftest/whole_verdicts.h"

namespace modelgate {

/// Plants every way for a test not to pass, in all tests that pass at once (each is a check of its own), and
/// one test fewer than the plan declares.
void plant_cases(const Specimen& specimen, Laboratory& laboratory, Matrix& matrix, WholeVerdicts& whole);

}  // namespace modelgate
