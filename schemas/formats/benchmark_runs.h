#pragma once

#include <filesystem>
#include <functional>

#include "schemas/documents/measurements.h"

namespace modelgate {

/// Reads a folder of results of benchmarks: criterion's own (target/criterion) as one run, or else each file
/// in it, in the order of their names, as a run of its own, whose processes are others than those of the
/// other files. Hidden files and subfolders are passed over. A benchmark that some of the files lack is a
/// Problem. `read` reads a file. Errors: kind usage for a folder without files, more than 10,000, a file of
/// our own documents, and files of different machines; those of `read`.
Measurements benchmark_runs_in(const std::filesystem::path& folder,
                               const std::function<Measurements(const std::filesystem::path&)>& read);

}  // namespace modelgate
