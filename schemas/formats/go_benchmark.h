#pragma once

#include <string>
#include <string_view>

#include "schemas/documents/measurements.h"

namespace modelgate {

/// Whether a text is what `go test -bench` prints: a line of results, or of what stands above them.
bool looks_like_go_benchmark(std::string_view text);

/// Reads the text of one or more runs of `go test -bench`, one behind the other (golang.org/design/
/// 14313-benchmark-format). Of each benchmark, called "package.Name" where the package is told, the series
/// real_time (ns/op, in seconds), bytes_per_second (MB/s), bytes_per_op, allocs_per_op, and one for each
/// other unit under its own name; directions that the file's Unit lines declare count. The repetitions of
/// -count belong to one process; a header that begins again, or a result behind the run's last line, to the
/// next. A failure that the text reports is a Problem. Errors: kind usage with line and column.
Measurements go_benchmark_from(std::string_view text, const std::string& file);

}  // namespace modelgate
