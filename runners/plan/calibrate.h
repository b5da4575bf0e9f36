#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "schemas/tool/exit_code.h"
#include "schemas/tool/options.h"

namespace modelgate {

/// `modelgate calibrate`, as typed.
struct CalibrateOptions {
  std::string plan = "modelgate.yaml";
  std::string baseline;           ///< Empty: the latest release.
  std::vector<std::string> only;  ///< Gates; one entry may hold several, separated by commas.
  std::int64_t runs = 20;
  double budget_seconds = 0;  ///< 0: none.
  std::int64_t seed = 0;      ///< Of the order in which the plan's runs are measured; 0: another each time.
  std::string output = "calibration-results";
  std::string save;  ///< Empty: .modelgate/calibration.json beside the plan.
  bool json = false, quiet = false;

  void declare(OptionSet& options);
};

/// Where a plan's calibration is kept.
inline constexpr char calibration_file[] = ".modelgate/calibration.json";

/// Runs the plan again and again with the baseline in both places, and has modelgate-calibration say what
/// that shows. Errors: kind usage; kind infrastructure if a run cannot be brought to its end.
ExitCode calibrate(const CalibrateOptions& options);

}  // namespace modelgate
