#pragma once

#include <optional>
#include <string>

#include "runners/selftest/laboratory.h"
#include "runners/selftest/matrix.h"
#include "runners/selftest/specimen.h"
#include "runners/selftest/whole_verdicts.h"

namespace modelgate {

/// Plants differences in one element of each tensor: half its tolerance, twice its tolerance, and a hundred
/// times the tensor's largest, NaN, and tensors that are missing or of another dtype or shape. What is
/// compared is the golden file where the plan names one, otherwise the candidate's outputs with themselves.
/// Errors: those of the files.
void plant_tensors(const Specimen& specimen, Laboratory& laboratory, Matrix& matrix, WholeVerdicts& whole);

/// What an element may differ by, as the gate's verdict says it: absolute + relative · |golden|.
struct SaidTolerance {
  double absolute = 0, relative = 0;
};

/// Reads it from a check's method, "|a − b| ≤ 1e-05 + 1.3e-06·|b| for each element"; nothing for other words.
std::optional<SaidTolerance> tolerance_in(const std::string& method);

}  // namespace modelgate
