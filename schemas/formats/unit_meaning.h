#pragma once

#include <string>
#include <string_view>

#include "schemas/documents/measurements.h"

namespace modelgate {

/// What a unit that another tool writes means in ours.
struct UnitMeaning {
  double factor = 1;  ///< From its unit to ours.
  std::string unit;
  Better better = Better::unknown;
};

/// Times ("ns", "ms/iter", "ns/op", "p99-ns") become "s" and sizes ("B", "MiB", "B/op") "bytes", where less
/// is better; amounts each second ("ops/s", "MB/s", "qps") "1/s" or "bytes/s", where more is. Any other unit
/// stays as it is, and its direction is not known.
UnitMeaning meaning_of_unit(std::string_view unit);

}  // namespace modelgate
