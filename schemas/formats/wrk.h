#pragma once

#include <string>
#include <string_view>

#include "schemas/documents/measurements.h"

namespace modelgate {

/// Whether a text is what wrk or wrk2 prints.
bool looks_like_wrk(std::string_view text);

/// Reads the text of one or more runs of wrk or wrk2, one behind the other; each is a process of its own. Of
/// each URL, called by its path ("/score": host and port may differ), the mean latency and, where --latency
/// was given, the percentiles "p50" to "p99.9" in seconds, and `rate`, the requests a second. They are
/// aggregates: a run is one value of each. Requests that failed are a Problem: what fails fast is not fast.
/// Errors: kind usage with line and column.
Measurements wrk_from(std::string_view text, const std::string& file);

}  // namespace modelgate
