#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "schemas/documents/calibration.h"
#include "schemas/documents/plan.h"

namespace modelgate {

/// The runs that `modelgate calibrate` made.
struct RepeatedRuns {
  std::filesystem::path folder;  ///< Holds a results folder for each, 001, 002, …
  std::int64_t asked = 0;
  double seconds = 0;
  std::int64_t seed = 0;
};

/// What they say of the plan: how often each check blocked or could not be decided although there was nothing
/// to find, the noise of times and rates, what can be detected, and what would be better. Errors: kind usage
/// for a folder without runs, or documents that cannot be read; kind infrastructure if every run is an error:
/// nothing was measured.
Calibration calibrate(const Plan& plan, const RepeatedRuns& runs);

}  // namespace modelgate
