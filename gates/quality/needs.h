#pragma once

#include <cstdint>
#include <string>

#include "gates/quality/presentation.h"
#include "gates/quality/rules/difference.h"
#include "gates/quality/rules/limit.h"

namespace modelgate {

// What would make an inconclusive check decidable, if estimate and spread stay as they are.

/// More units ("rows", "rows labelled 'refund'", "clusters") of which there are `units`, or a margin that the
/// data prove already: "about 1900 more rows, or a margin of 1.4 points".
std::string what_would_decide(const Difference& result, const QualityRule& rule, const std::string& units,
                              const Presentation& told);
std::string what_would_decide(const Level& result, double minimum, const QualityRule& rule,
                              const std::string& units, const Presentation& told);

/// "1 row labelled 'refund'", "7 more clusters": of units whose first word is a plural.
std::string counted(std::int64_t count, std::string units, const char* more = "");

/// The units of which not one may be worse to prove that at most this share is, in (0, 1): 299 for 1 % at 5
/// %.
std::int64_t units_to_exclude(double share, double alpha);

}  // namespace modelgate
