#pragma once

#include <cstdint>

namespace modelgate {

/// Two-sided p-values of "both are right equally often".
struct McnemarTest {
  double exact = 1;
  double mid_p = 1;
  double statistic = 0;  ///< χ² with one degree of freedom.
  double asymptotic = 1;
  double corrected_statistic = 0;  ///< With Edwards' continuity correction.
  double corrected = 1;
};

/// From the discordant pairs: rows that only the first got right, and rows that only the second got right.
/// Without any, all p-values are 1.
McnemarTest mcnemar(std::int64_t only_first, std::int64_t only_second);

}  // namespace modelgate
