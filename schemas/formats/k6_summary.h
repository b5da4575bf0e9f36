#pragma once

#include "schemas/documents/measurements.h"
#include "schemas/documents/node.h"

namespace modelgate {

/// Reads k6's summary: what --summary-export writes, and what handleSummary is given. It holds aggregates of
/// one run alone, so that one file is one value of one process: of each trend (http_req_duration, also by
/// tag, iteration_duration, custom ones) the mean and the percentiles that it states, "p50" to "p99.9", in
/// seconds; of http_reqs and iterations the rate. The phases of a request (http_req_waiting …) are parts of
/// http_req_duration, and left out. Requests and checks that failed are a Problem: what fails fast is not
/// fast. Thresholds that were crossed are told in a note. Errors: kind usage with the place.
Measurements k6_summary_from(const Node& document);

}  // namespace modelgate
