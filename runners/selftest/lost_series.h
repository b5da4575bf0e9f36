#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "runners/selftest/specimen.h"

namespace modelgate {

/// Writes the documents of both sides, which are alike, and their data files.
void write_whole(const Specimen& specimen, const ResultsFolder& results);

/// The name of the data file that write_whole() writes beside the documents; empty if there is none.
std::string planted_data_name(const Specimen& specimen, Role role);

/// What can get lost within data files that are otherwise well written, and how it is taken out of what
/// write_whole() wrote. (Tests and benchmarks are each a check of their own: plant_cases.h, plant_samples.h.)
std::vector<std::pair<std::string, std::function<void(const ResultsFolder&)>>> lost_parts(
    const Specimen& specimen);

}  // namespace modelgate
