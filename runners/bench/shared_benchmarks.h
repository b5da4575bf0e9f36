#pragma once

#include <string>
#include <vector>

#include "runners/recording/parts.h"

namespace modelgate {

/// The benchmarks of the part, out of what the programs of all subjects list. Those that all of them have are
/// dealt out in the order of their names; those that only one has go where there are others to run with them,
/// so that no program is asked for nothing. Each is in exactly one part.
std::vector<std::string> benchmarks_of_part(const Part& part,
                                            const std::vector<std::vector<std::string>>& listed);

/// The digest of all of them together.
std::string digest_of_benchmarks(const std::vector<std::vector<std::string>>& listed);

}  // namespace modelgate
