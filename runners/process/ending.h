#pragma once

#include <functional>
#include <optional>

#include "runners/process/process.h"

namespace modelgate {

/// Fills in how a process ended, from what wait4(2) says of it. `asked`: what it was asked to end as, before
/// it did. `killed_for_memory` is asked of a process that somebody else killed. Internal to runners/process.
void tell_ending(int status, const ProcessSpec& spec, std::optional<Ending> asked,
                 const std::function<bool()>& killed_for_memory, ProcessOutcome& outcome);

}  // namespace modelgate
