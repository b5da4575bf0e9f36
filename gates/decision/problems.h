#pragma once

#include <string>
#include <vector>

#include "schemas/documents/measurements.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// An error check for each problem of a measurement that concerns the kind of series that is judged ("cases",
/// "samples", "records", "tensors"): what was not measured cannot be judged. They are called
/// "measuring the candidate: CODE", with a number where a code comes more than once.
std::vector<Check> problem_checks(const Measurements& measurements, const std::string& gate,
                                  const std::string& judged);

/// The notes of a measurement as warnings of the verdict, with the role before each; one that both
/// measurements carry is told once.
void add_notes(const Measurements& measurements, Verdict& verdict);

}  // namespace modelgate
