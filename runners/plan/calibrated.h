#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "schemas/documents/plan.h"

namespace modelgate {

/// What a run takes from the plan's calibration.
struct CalibrationUse {
  std::map<std::string, std::int64_t> pairs;  ///< By run: for those whose pairs the plan leaves open.
  bool is_usable = false;                     ///< There is one, of this plan and machine, and it is fresh.
  std::vector<std::string> notes;             ///< For the verdict: what was taken, or why nothing was.
};

/// A calibration ages: beyond this it says so and is not used.
inline constexpr std::int64_t calibration_lasts_days = 30;

/// Reads .modelgate/calibration.json beside the plan, if there is one. It is used if it is of this plan, of a
/// machine like this one, and not older than calibration_lasts_days on `today` ("2026-11-24"). Errors: kind
/// usage for a file that is no calibration.
CalibrationUse calibration_for(const Plan& plan, const std::string& today,
                               const std::map<std::string, std::string>& machine);

/// Puts the pairs into the runs of the plan that leave them open.
void take_pairs(const CalibrationUse& use, std::vector<PlanRun>& runs);

}  // namespace modelgate
