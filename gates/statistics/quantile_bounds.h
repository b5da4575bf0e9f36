#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "gates/statistics/interval.h"

namespace modelgate {

/// Which values of the sorted sample (counted from 1) bound its quantile; absent where n is too small.
struct QuantileOrders {
  std::optional<std::int64_t> lower, upper;
};

/// `quantile` in (0, 1), n ≥ 1.
QuantileOrders quantile_orders(std::int64_t n, double quantile, double tail);

/// Bounds of the quantile of the distribution that the values come from; infinite where n is too small.
Interval quantile_bounds(std::span<const double> values, double quantile, double tail);

/// The fewest values of which at most `over` lie above a limit, so that "the quantile is at most the limit"
/// is proven at level 1 − tail: 299 for p99, none over, tail 0.05. (MLPerf LoadGen's early stopping.)
std::int64_t values_needed(double quantile, std::int64_t over, double tail);

}  // namespace modelgate
