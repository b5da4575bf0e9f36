#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schemas/documents/measurements.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// What the settings of the unit gate demand.
struct UnitDemands {
  /// So many tests must have run and been judged: skipped tests and known failures do not count.
  std::int64_t minimum_tests = 1;
  /// A test of the candidate that passed only when it was run again fails.
  bool fail_on_flaky = false;
};

/// A check for each test that either side has, and one called "tests" of their number. A test that passed in
/// the baseline must be there and pass; a new test must pass; one that fails in the baseline too is shown as
/// not compared, unless it now crashes or hangs. A test that passed only when it was run again has the reason
/// "flaky": it passes with a warning, or fails if that is demanded; in the baseline alone it is noted.
/// Without a baseline (a first release) every test must pass. Series are matched by name where a side has
/// several, and then stand in the checks' names. Problems of the measurements are error checks.
std::vector<Check> judge_tests(const std::optional<Measurements>& baseline, const Measurements& candidate,
                               const UnitDemands& demands, const std::string& gate);

}  // namespace modelgate
