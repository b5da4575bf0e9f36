#pragma once

#include <optional>
#include <vector>

#include "runners/plan/candidate.h"
#include "runners/plan/conductor.h"
#include "runners/plan/undertaking.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// Measures and judges until everything is decided, all that is planned is measured, or the budget is spent:
/// each run to its first look, and from there only what is undecided. Writes the verdict, and that of each
/// look where there are several. Errors: kind infrastructure if a step's program is missing, an interrupt
/// came, the candidate changed meanwhile, or the verdicts could not be joined.
Verdict measure_and_judge(const Undertaking& all, Conductor& conductor, const FolderState& candidate);

/// Judges these gates by the measurements that are there, and joins their verdicts with those that are there.
/// Errors: as above.
Verdict judge_and_join(const Undertaking& all, const std::vector<PlanGate>& gates,
                       const std::optional<Sampling>& sampling, Conductor& conductor);

/// Measures the shard's part at once, and judges nothing. False if a runner found that it could not measure
/// all of it. Errors: as above.
bool measure_shard(const Undertaking& all, Conductor& conductor, const FolderState& candidate);

}  // namespace modelgate
