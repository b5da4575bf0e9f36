#pragma once

#include <cstdint>

#include "tests/bench/verdicts/our_rule.h"
#include "tests/bench/verdicts/processes.h"

namespace modelgate {

/// How a suite's run ended.
struct SuiteEnd {
  std::int64_t passed = 0, failed = 0, inconclusive = 0;  ///< Checks.
  std::int64_t check_pairs = 0;  ///< Pairs of all checks together: each is measured until it is decided.
  std::int64_t run_pairs = 0;    ///< Pairs until nothing was open: how long the run took.
};

/// Runs a suite of `benchmarks` checks as `modelgate run` does: at every look what is open is judged, as one
/// of `family` checks (those that are not simulated count as unchanged), and what stays open is measured on.
/// `effect` is added to all of them.
SuiteEnd run_suite(const OurRule& rule, Processes& processes, std::size_t benchmarks, std::size_t family,
                   double effect);

}  // namespace modelgate
