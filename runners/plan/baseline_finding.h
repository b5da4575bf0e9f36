#pragma once

#include "runners/plan/doctor.h"
#include "schemas/documents/plan.h"

namespace modelgate {

/// What `modelgate run` would compare with, as far as that can be told without fetching anything.
Finding baseline_finding(const Plan& plan);

}  // namespace modelgate
