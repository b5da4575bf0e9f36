#pragma once

#include <filesystem>

#include "schemas/documents/measurements.h"
#include "schemas/documents/node.h"

namespace modelgate {

/// Whether the document is a sample.json or an estimates.json of criterion.
bool is_of_criterion(const Node& document);

/// Reads one benchmark of criterion: its sample.json, or the one that lies beside its estimates.json, which
/// itself holds no samples. The average time of an iteration in each sample becomes a value of real_time, in
/// seconds, all of one process. The name is that in benchmark.json beside it, or else that of the folder.
/// Errors: kind usage with the place, also where there is no sample.json; those of read_document.
Measurements criterion_from(const Node& document, const std::filesystem::path& path);

/// Where the samples of a folder of criterion (target/criterion) lie: every new/sample.json below it, or its
/// own. Empty for another folder. Errors: kind usage for more than 100,000 files.
std::vector<std::filesystem::path> criterion_samples_in(const std::filesystem::path& folder);

}  // namespace modelgate
