// McNemar's test of a paired 2×2 table: do two models that answered the same rows differ?
//
// Method: only rows on which they disagree carry information. Under the hypothesis of no difference each
// of the n = b + c of them falls to either side with probability ½, so min(b, c) is binomial. The exact test
// doubles its lower tail; mid-p counts the observed outcome by half, and comes closest to the nominal level
// (Fagerland, Lydersen & Laake 2013, BMC Medical Research Methodology 13:91). The asymptotic χ² and Edwards'
// corrected one are there for comparison with other tools.
//
// Assumption: rows are independent (clustered rows: clustered_error.h).
// Limits: it tests "no difference", which is not what a gate asks; with margins use paired_proportions.h.

#include "gates/statistics/mcnemar.h"

#include <algorithm>
#include <cmath>

#include "gates/statistics/distributions.h"
#include "gates/statistics/input.h"

namespace modelgate {

McnemarTest mcnemar(std::int64_t only_first, std::int64_t only_second) {
  require(only_first >= 0 && only_second >= 0, "a count is negative");
  const std::int64_t n = only_first + only_second;
  McnemarTest test;
  if (n == 0) return test;

  const std::int64_t least = std::min(only_first, only_second);
  const double tail = binomial_at_most(least, n, 0.5);
  const double observed = binomial_equal(least, n, 0.5);
  test.exact = std::min(1.0, 2 * tail);
  test.mid_p = only_first == only_second ? 1 - observed / 2 : 2 * tail - observed;

  const double difference = std::abs(static_cast<double>(only_first - only_second));
  const double corrected = std::max(0.0, difference - 1);
  test.statistic = difference * difference / static_cast<double>(n);
  test.corrected_statistic = corrected * corrected / static_cast<double>(n);
  test.asymptotic = 2 * normal_upper(std::sqrt(test.statistic));
  test.corrected = 2 * normal_upper(std::sqrt(test.corrected_statistic));
  return test;
}

}  // namespace modelgate
