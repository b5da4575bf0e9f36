#pragma once

#include <string>
#include <vector>

#include "gates/quality/partial/partial_state.h"

namespace modelgate {

/// Puts all parts of a test set together, in the order of their numbers, whatever the order of their files;
/// into the verdict goes what they know besides the rows. Errors: kind usage for a file that is no partial
/// state, for parts that were read under other options, by another version or of other subjects, and where
/// parts are missing or come twice; kind infrastructure for a file that cannot be read or is damaged.
Sides merged(const std::vector<std::string>& files, const GivenOptions& options, bool first_release,
             const SideRequests& requests, Verdict& verdict);

}  // namespace modelgate
