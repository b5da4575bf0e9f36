#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "runners/selftest/laboratory.h"
#include "runners/selftest/matrix.h"
#include "runners/selftest/whole_verdicts.h"
#include "schemas/documents/plan.h"

namespace modelgate {

/// Plants in the verdicts that the suite joins: each gate's worst one in the place of its unharmed one, which
/// must fail, and verdicts that are missing (the gate was killed), cut off, empty or of another candidate,
/// which must not pass. `only` as for `modelgate run`.
void plant_verdicts(const std::filesystem::path& plan_file, const Plan& plan,
                    const std::vector<PlanGate>& gates, const std::vector<std::string>& only,
                    const WholeVerdicts& whole, Laboratory& laboratory, Matrix& matrix);

}  // namespace modelgate
