#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gates/decision/decision.h"
#include "schemas/formats/gate_input.h"

namespace modelgate {

/// Turns measurements into checks; without a baseline in a first release. The verdict brings the gate's name
/// and the error rates.
using Judgement = std::function<std::vector<Check>(const std::optional<Measurements>& baseline,
                                                   const Measurements& candidate, const Verdict& verdict)>;

/// What a gate does that compares two measurements: reads them, judges, concludes and hands the verdict out.
/// Returns the exit code.
ExitCode run_comparing_gate(const GateOptions& options, const std::string& kind,
                            const std::set<ForeignFormat>& accepted, const Judgement& judge);

}  // namespace modelgate
