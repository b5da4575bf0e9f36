#include "gates/statistics/bound_inversion.h"

#include <cmath>

namespace modelgate {

double p_of_lower_bound(const std::function<double(double)>& lower_at, double threshold) {
  double low = 1e-12, high = 0.5;
  if (!(lower_at(high) >= threshold)) return 1;
  if (lower_at(low) >= threshold) return low;
  while (high / low > 1 + 1e-9) {
    const double middle = std::sqrt(low * high);
    (lower_at(middle) >= threshold ? high : low) = middle;
  }
  return high;
}

}  // namespace modelgate
