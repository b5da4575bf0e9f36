#pragma once

#include <filesystem>

#include "schemas/documents/measurements.h"
#include "schemas/documents/node.h"

namespace modelgate {

/// Reads the JSON of one run of a Google Benchmark program: for each benchmark the series real_time and
/// cpu_time in seconds and one for each counter, with one process whose values are the repetitions.
/// Aggregates (mean, median, …) are left out. A benchmark that reports an error is a Problem. A counter whose
/// name ends in "_per_second" is better when higher; of others the direction is not known. Errors: kind usage
/// with the place for what is no such document.
Measurements google_benchmark_from(const Node& document);
Measurements read_google_benchmark(const std::filesystem::path& path);

}  // namespace modelgate
