#pragma once

#include <optional>
#include <string>

#include "runners/plan/undertaking.h"

namespace modelgate {

/// Leaves of the gates that are asked for those which what changed concerns: since the merge base with the
/// branch to which it is to go, with what is not committed. Where that cannot be told all are left, and the
/// verdict's notes say why. Returns what was found, in a sentence.
std::string choose_by_changes(Undertaking& all);

/// A digest of all that the verdict depends on, as far as Git and we can see it: candidate, baseline, plan,
/// gates, options, machine, and every file that concerns a gate. Nothing where that cannot be told.
std::optional<std::string> state_of(const Undertaking& all);

}  // namespace modelgate
