#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "schemas/documents/measurements.h"
#include "schemas/documents/plan.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// What of a run's samples (process pairs or rows) is measured in one step.
struct Stretch {
  std::int64_t until = 0;               ///< Stop after so many; 0: after all.
  bool add = false;                     ///< To what is measured already.
  std::vector<std::string> benchmarks;  ///< With `add`: only to these.
  std::string part = {};                ///< "2/4", for a run that several machines share.
};

/// Whether what a run takes in looks are rows, not process pairs.
bool takes_rows(const PlanRun& run);

/// The numbers of samples at which a run is looked at: as the plan declares them, or else its pairs halved
/// again and again. Empty for a run that measures neither in pairs nor, by the plan, in looks at its rows.
std::vector<std::int64_t> looks_of(const PlanRun& run);

/// The benchmarks, or the file of rows, of a run whose checks are undecided, by the gates that judge it.
/// `measured` is the candidate's document.
std::vector<std::string> undecided_series(const PlanRun& run, const Plan& plan, const Verdict& verdict,
                                          const Measurements& measured);

}  // namespace modelgate
