#pragma once

#include "schemas/documents/measurements.h"
#include "schemas/documents/node.h"

namespace modelgate {

/// Reads what pytest-benchmark writes (--benchmark-json, --benchmark-save-data): of each test, by its full
/// name, the times of its rounds as real_time in seconds, all of one process. A test without them (saved
/// without --benchmark-save-data) is a Problem: of aggregates alone nothing can be told. Errors: kind usage
/// with the place.
Measurements pytest_benchmark_from(const Node& document);

}  // namespace modelgate
