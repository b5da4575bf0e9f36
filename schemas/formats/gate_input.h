#pragma once

#include <filesystem>
#include <set>
#include <string>

#include "schemas/documents/measurements.h"

namespace modelgate {

/// Foreign formats that a gate may take instead of a measurements document.
enum class ForeignFormat { junit, benchmarks, records, safetensors };

/// Reads what a gate is given: a measurements document, or a file in one of the formats that it accepts. What
/// it is is told by its content: JSON with "schema" is a document of ours, XML JUnit, a safetensors header
/// safetensors, what benchmark_tool() knows results of benchmarks, any other row of JSON a row of records.
/// Files of records and tensors become a series whose path is absolute; nothing is read of them here. Where
/// records are accepted, "-" stands for such a file on standard input, and a folder for their parts; where
/// benchmarks are, a folder for several runs (benchmark_runs.h). Errors: kind usage for another format,
/// saying what was found and what is accepted; those of the readers.
Measurements read_gate_input(const std::filesystem::path& path, Role role,
                             const std::set<ForeignFormat>& accepted);

/// Where a series' data file lies: its path, taken from the folder of the document that names it. Errors:
/// kind usage if the path leads out of that folder, also through a link; kind infrastructure if the file's
/// digest is not the one the document names, or it cannot be read. An absolute path without a digest, which
/// is that of a file named on the command line, is taken as it stands.
std::filesystem::path data_file(const std::filesystem::path& document, const std::string& path,
                                const std::string& digest);

}  // namespace modelgate
