#pragma once

#include <string>
#include <vector>

#include "schemas/tool/exit_code.h"
#include "schemas/tool/options.h"

namespace modelgate {

/// `modelgate selftest`, as typed.
struct SelftestOptions {
  std::string plan = "modelgate.yaml";
  std::string results = "gate-results";  ///< What `modelgate run` left.
  std::string candidate;                 ///< For settings that name {subject}; empty: the plan's default.
  std::vector<std::string> only;         ///< Gates, as for `modelgate run`.
  std::string keep;                      ///< Where the planted files are left; empty: nowhere.
  bool json = false;

  void declare(OptionSet& options);
};

/// Proves that each check of the plan can fail and does not fail by itself: plants regressions and losses in
/// copies of the measurements of the last run, lets the gates judge them, and prints expected against
/// obtained. Exit code 0 if all is as expected, 1 if a check lets something through or fails by itself, 4 if
/// something could not be tried, 3 if data are too few to show that a check can fail. Errors: kind usage for
/// the plan, or where nothing was measured yet; kind infrastructure if trials cannot be run.
ExitCode selftest(const SelftestOptions& options);

}  // namespace modelgate
