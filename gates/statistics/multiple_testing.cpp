// Many checks, one decision.
//
// Holm's step-down method (Scandinavian Journal of Statistics 6:65): the smallest p-value is multiplied by m,
// the next by m − 1, …, made monotone. It needs no assumption on dependence and is never weaker than
// Bonferroni. Benjamini & Hochberg's step-up method (JRSS B 57:289) controls the false discovery rate under
// independence or positive dependence.

#include "gates/statistics/multiple_testing.h"

#include <algorithm>
#include <numeric>

#include "gates/statistics/input.h"

namespace modelgate {

namespace {

std::vector<std::size_t> ascending(std::span<const double> p_values) {
  for (const double p : p_values) require(p >= 0 && p <= 1, "a p-value is not within [0, 1]");
  std::vector<std::size_t> order(p_values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return p_values[a] < p_values[b]; });
  return order;
}

}  // namespace

std::vector<double> holm(std::span<const double> p_values) {
  const auto order = ascending(p_values);
  std::vector<double> adjusted(p_values.size());
  double largest = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto factor = static_cast<double>(order.size() - i);
    largest = std::max(largest, std::min(1.0, factor * p_values[order[i]]));
    adjusted[order[i]] = largest;
  }
  return adjusted;
}

std::vector<double> benjamini_hochberg(std::span<const double> p_values) {
  const auto order = ascending(p_values);
  const auto m = static_cast<double>(order.size());
  std::vector<double> adjusted(p_values.size());
  double smallest = 1;
  for (std::size_t i = order.size(); i-- > 0;) {
    smallest = std::min(smallest, m / static_cast<double>(i + 1) * p_values[order[i]]);
    adjusted[order[i]] = smallest;
  }
  return adjusted;
}

}  // namespace modelgate
