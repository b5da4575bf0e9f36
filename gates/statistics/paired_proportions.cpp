// The difference of two proportions measured on the same rows.
//
// Tango (1998, Statistics in Medicine 17:891) inverts the score test: for a supposed difference δ the other
// parameter, the probability q of "only the second is right", is fitted by maximum likelihood, and the
// statistic is the distance of b − c from Nδ in standard errors under it. At δ = 0 it is McNemar's test.
// Because the variance is the one under the hypothesis, it is good with few discordant rows and with none
// at all, where Wald's interval collapses to a point: two identical models on N rows get about ±z²/(N + z²).
//
// Newcombe (1998, Statistics in Medicine 17:2635, method 10) adds the squared distances of two Wilson
// intervals, with a correlation φ that has a continuity correction. It is an independent road to nearly the
// same bounds, and so a cross-check.
//
// Assumption: rows are independent. Limits: both are asymptotic; below about 6 discordant rows the tail
// probabilities are approximate (Tango's error there is on the conservative side in most tables).

#include "gates/statistics/paired_proportions.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "gates/statistics/distributions.h"
#include "gates/statistics/input.h"
#include "gates/statistics/proportion_interval.h"

namespace modelgate {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

void require_counts(const PairedCounts& counts) {
  require(counts.both >= 0 && counts.only_first >= 0 && counts.only_second >= 0 && counts.neither >= 0,
          "a count is negative");
  require(counts.rows() > 0, "there are no rows");
}

/// For δ ≥ 0; the other half follows by exchanging the two models, so that mirrored tables give results that
/// are mirrored to the last bit.
double statistic_of(double b, double c, double n, double delta) {
  const double B = -b - c + (2 * n - b + c) * delta;
  const double C = -c * delta * (1 - delta);
  const double root = std::sqrt(B * B - 8 * n * C);
  // The two forms of the same solution of a quadratic equation; each is used where it does not cancel.
  const double q = B > 0 ? -2 * C / (root + B) : (root - B) / (4 * n);
  const double distance = b - c - n * delta;
  const double variance = n * (2 * q + delta * (1 - delta));
  if (distance == 0) return 0;
  if (!(variance > 0)) return std::copysign(infinity, distance);
  return distance / std::sqrt(variance);
}

/// The δ at which the statistic passes `level` from above.
double solve(const PairedCounts& counts, double level) {
  double low = -1, high = 1;
  for (int step = 0; step < 200; ++step) {
    const double middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    (tango_statistic(counts, middle) >= level ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace

double PairedCounts::difference() const {
  return static_cast<double>(only_first - only_second) / static_cast<double>(rows());
}

double tango_statistic(const PairedCounts& counts, double delta) {
  require_counts(counts);
  require(delta >= -1 && delta <= 1, "the difference is not within [-1, 1]");
  const auto b = static_cast<double>(counts.only_first), c = static_cast<double>(counts.only_second);
  const auto n = static_cast<double>(counts.rows());
  return delta >= 0 ? statistic_of(b, c, n, delta) : -statistic_of(c, b, n, -delta);
}

Interval tango_bounds(const PairedCounts& counts, double tail) {
  require_counts(counts);
  require_tail(tail);
  const double z = -normal_quantile(tail);
  const PairedCounts mirrored{counts.both, counts.only_second, counts.only_first, counts.neither};
  Interval bounds{solve(counts, z), -solve(mirrored, z)};
  // When one model was right wherever the other was wrong, the difference itself is the end of the scale.
  if (counts.only_first == counts.rows()) bounds.upper = 1;
  if (counts.only_second == counts.rows()) bounds.lower = -1;
  return bounds;
}

double tango_p_greater(const PairedCounts& counts, double delta) {
  return normal_upper(tango_statistic(counts, delta));
}

double tango_p_less(const PairedCounts& counts, double delta) {
  return normal_lower(tango_statistic(counts, delta));
}

Interval newcombe_bounds(const PairedCounts& counts, double tail) {
  require_counts(counts);
  require_tail(tail);
  const std::int64_t n = counts.rows();
  const std::int64_t first = counts.both + counts.only_first, second = counts.both + counts.only_second;
  const Interval w1 = wilson(first, n, tail), w2 = wilson(second, n, tail);
  const auto rows = static_cast<double>(n);
  const double p1 = static_cast<double>(first) / rows, p2 = static_cast<double>(second) / rows;

  const auto a = static_cast<double>(counts.both), b = static_cast<double>(counts.only_first);
  const auto c = static_cast<double>(counts.only_second), d = static_cast<double>(counts.neither);
  const double product = (a + b) * (c + d) * (a + c) * (b + d);
  double phi = 0;
  if (product > 0) {
    const double cross = a * d - b * c;
    phi = (cross > 0 ? std::max(0.0, cross - rows / 2) : cross) / std::sqrt(product);
  }
  const auto width = [phi](double x, double y) {
    return std::sqrt(std::max(0.0, x * x - 2 * phi * x * y + y * y));
  };
  const double difference = p1 - p2;
  return {difference - width(p1 - w1.lower, w2.upper - p2), difference + width(w1.upper - p1, p2 - w2.lower)};
}

}  // namespace modelgate
