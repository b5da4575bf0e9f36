#pragma once

#include "schemas/documents/measurements.h"
#include "schemas/documents/node.h"

namespace modelgate {

/// Reads what hyperfine --export-json writes: of each command, with its parameters in the name
/// ("sort data n=10"), real_time in seconds, and peak_memory where it is told; each run is a process of its
/// own. user and system are means over the runs, and left out. A command without single times, or one that
/// failed in a run, is a Problem. Errors: kind usage with the place.
Measurements hyperfine_from(const Node& document);

}  // namespace modelgate
