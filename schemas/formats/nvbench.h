#pragma once

#include <filesystem>

#include "schemas/documents/measurements.h"
#include "schemas/documents/node.h"

namespace modelgate {

/// Reads nvbench's JSON with the samples that --jsonbin wrote beside it: of each state, called by its
/// benchmark and its axes ("copy BlockSize=256"), the cold times on the GPU as gpu_time in seconds, all of
/// one process. The file of samples lies in the folder of `path` (as written, or else by its last two names,
/// for nvbench writes the path from where it ran) and must have as many values as the document says. A state
/// without samples is a Problem; one that was skipped is told in a note. Errors: kind usage with the place;
/// those of MappedFile.
Measurements nvbench_from(const Node& document, const std::filesystem::path& path);

}  // namespace modelgate
