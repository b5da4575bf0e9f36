#pragma once

#include "runners/selftest/laboratory.h"
#include "runners/selftest/matrix.h"
#include "runners/selftest/specimen.h"

namespace modelgate {

/// Notes which checks of speed could not tell a regression of twice their margin from the noise of the last
/// run: that between the real baseline and the candidate, with the difference between them taken out. A note
/// only, because the next run's noise is another.
void note_noise(const Specimen& specimen, Laboratory& laboratory, Matrix& matrix);

}  // namespace modelgate
