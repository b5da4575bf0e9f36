#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace modelgate {

/// How the samples of a run were taken.
struct Sampling {
  std::int64_t looks = 1;  ///< Taken at the growing data.
  std::int64_t pairs = 0;  ///< Process pairs measured, over all runs.
  std::int64_t rows = 0;   ///< Rows that each model answered, over all runs that take them in looks.
  double seconds = 0;      ///< Of measuring.
  std::optional<double> budget_seconds;
  std::optional<std::int64_t> budget_pairs, budget_rows;
  std::string ended;  ///< Why: "decided", "exhausted" (all that is planned), "budget" (is spent).

  bool operator==(const Sampling&) const = default;
};

}  // namespace modelgate
