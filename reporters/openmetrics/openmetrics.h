#pragma once

#include <cstddef>
#include <string>

#include "schemas/documents/verdict.h"

namespace modelgate {

/// Checks beyond these are counted in modelgate_checks alone; those that do not simply pass come first.
inline constexpr std::size_t most_checks_with_metrics = 2000;

/// The verdict's numbers in OpenMetrics' text format 1.0: the exit code, the checks by standing, and of each
/// check the values, the change with its bounds, and the margin, labelled by gate, check, slice and unit. The
/// labels of a check are the same in every pipeline, because GitLab compares metrics by name and labels.
std::string openmetrics_text(const Verdict& verdict);

}  // namespace modelgate
