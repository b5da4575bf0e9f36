// Bounds of a quantile without any assumption on the distribution.
//
// Method: the number of values at or below the true q-quantile is binomial(n, q), so the l-th smallest value
// is a lower bound with P(Bin ≤ l − 1) ≤ tail, and the u-th an upper bound with P(Bin ≥ u) ≤ tail
// (David & Nagaraja, Order Statistics, 7.1). Read the other way round it says how many queries are needed
// before a tail latency can be claimed, which is the early stopping of MLPerf's LoadGen
// (Reddi et al. 2020, arXiv:1911.02549, and its early_stopping notes).
//
// Assumption: independent values. Limits: it is conservative, because orders are whole numbers; latencies
// that are alike from one to the next (autocorrelated) carry less information than it believes.

#include "gates/statistics/quantile_bounds.h"

#include <algorithm>
#include <vector>

#include "gates/statistics/distributions.h"
#include "gates/statistics/input.h"

namespace modelgate {

namespace {

void require_quantile(double quantile) {
  require(quantile > 0 && quantile < 1, "the quantile must lie in (0, 1)");
}

/// The smallest value of [low, high] for which the predicate holds; it holds for `high` and from some value
/// on.
template <typename Predicate>
std::int64_t first_where(std::int64_t low, std::int64_t high, Predicate holds) {
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    if (holds(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

}  // namespace

QuantileOrders quantile_orders(std::int64_t n, double quantile, double tail) {
  require(n >= 1, "there are no values");
  require_quantile(quantile);
  require_tail(tail);
  QuantileOrders orders;
  const std::int64_t too_high = first_where(
      1, n + 1, [&](std::int64_t l) { return l > n || !(binomial_at_most(l - 1, n, quantile) <= tail); });
  if (too_high > 1) orders.lower = too_high - 1;
  const std::int64_t upper = first_where(
      1, n + 1, [&](std::int64_t u) { return u > n || binomial_at_least(u, n, quantile) <= tail; });
  if (upper <= n) orders.upper = upper;
  return orders;
}

Interval quantile_bounds(std::span<const double> values, double quantile, double tail) {
  require_values(values, 1);
  const QuantileOrders orders = quantile_orders(static_cast<std::int64_t>(values.size()), quantile, tail);
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  Interval bounds;
  if (orders.lower) bounds.lower = sorted[static_cast<std::size_t>(*orders.lower - 1)];
  if (orders.upper) bounds.upper = sorted[static_cast<std::size_t>(*orders.upper - 1)];
  return bounds;
}

std::int64_t values_needed(double quantile, std::int64_t over, double tail) {
  require_quantile(quantile);
  require_tail(tail);
  require(over >= 0, "a count is negative");
  const auto enough = [&](std::int64_t n) { return binomial_at_most(over, n, 1 - quantile) <= tail; };
  std::int64_t high = over + 1;
  while (!enough(high)) {
    require(high < (std::int64_t{1} << 50), "no number of values is enough");
    high *= 2;
  }
  return first_where(over + 1, high, enough);
}

}  // namespace modelgate
