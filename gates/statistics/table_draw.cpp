// Drawing a table of counts with replacement: a multinomial number for each kind.
//
// Method: kinds with many units take, one after the other, a binomial number of the draws that are left, with
// their share of the units that are left. Kinds with few units are one kind to this, within which units are
// drawn singly, which is faster there.
//
// Binomial numbers: by inversion where n·p is below 10 (a sum of probabilities from 0 up), else by
// transformed rejection with a squeeze (BTRS: Hörmann 1993, Journal of Statistical Computation and Simulation
// 46:101), in a time that does not depend on n. Factorials are Stirling's, exact to 10^−13.
//
// Limits: probabilities are doubles, and thus exact to about 10^−16 of themselves. Logarithms are those of
// the platform, so that another C library may draw another number once in a very long while.

#include "gates/statistics/table_draw.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "gates/statistics/input.h"

namespace modelgate {

namespace {

constexpr double few_successes = 10;
constexpr std::int64_t few_units = 32;

/// ln k!
double log_factorial(double k) {
  static const auto small = [] {
    std::array<double, 64> table{};
    for (std::size_t i = 1; i < table.size(); ++i) table[i] = table[i - 1] + std::log(static_cast<double>(i));
    return table;
  }();
  if (k < static_cast<double>(small.size())) return small[static_cast<std::size_t>(k)];
  const double squared = k * k;
  return (k + 0.5) * std::log(k) - k + 0.5 * std::log(2 * std::numbers::pi) +
         (1 / 12.0 - (1 / 360.0 - 1 / (1260 * squared)) / squared) / k;
}

double binomial_by_inversion(RandomStream& random, double n, double p) {
  const double odds = p / (1 - p);
  const double none = std::exp(n * std::log1p(-p));
  for (;;) {
    double left = random.unit(), probability = none;
    for (double k = 0; k <= n; ++k) {
      if (left < probability) return k;
      left -= probability;
      probability *= (n - k) / (k + 1) * odds;
    }
    // Rounding left a trace beyond the last: as good as not drawn.
  }
}

/// p at most ½ and n·p at least 10.
double binomial_by_rejection(RandomStream& random, double n, double p) {
  const double spread = std::sqrt(n * p * (1 - p));
  const double b = 1.15 + 2.53 * spread, a = -0.0873 + 0.0248 * b + 0.01 * p, c = n * p + 0.5;
  const double within = 0.92 - 4.2 / b;
  for (;;) {
    const double u = random.unit() - 0.5, v = random.unit();
    const double edge = 0.5 - std::abs(u);
    const double k = std::floor((2 * a / edge + b) * u + c);
    if (edge >= 0.07 && v <= within) return k;
    if (!(k >= 0 && k <= n)) continue;
    const double alpha = (2.83 + 5.1 / b) * spread, mode = std::floor((n + 1) * p);
    const double height = log_factorial(mode) + log_factorial(n - mode) - log_factorial(k) -
                          log_factorial(n - k) + (k - mode) * std::log(p / (1 - p));
    if (std::log(v * alpha / (a / (edge * edge) + b)) <= height) return k;
  }
}

}  // namespace

std::int64_t draw_binomial(RandomStream& random, std::int64_t n, double p) {
  require(n >= 0 && n < std::int64_t{1} << 32, "the number of trials is out of range");
  require(p >= 0 && p <= 1, "the probability does not lie in [0, 1]");
  if (n == 0 || p == 0) return 0;
  if (p > 0.5) return n - draw_binomial(random, n, 1 - p);
  const auto trials = static_cast<double>(n);
  return static_cast<std::int64_t>(trials * p < few_successes ? binomial_by_inversion(random, trials, p)
                                                              : binomial_by_rejection(random, trials, p));
}

TableDraw::TableDraw(std::span<const std::int64_t> multiplicity) : kinds_(multiplicity.size()) {
  constexpr std::int64_t most = (std::int64_t{1} << 32) - 1;
  for (std::size_t k = 0; k < multiplicity.size(); ++k) {
    require(multiplicity[k] >= 0 && multiplicity[k] <= most - units_, "a multiplicity is out of range");
    units_ += multiplicity[k];
    if (multiplicity[k] > few_units)
      frequent_.push_back({k});
    else
      kind_of_rare_unit_.insert(kind_of_rare_unit_.end(), static_cast<std::size_t>(multiplicity[k]),
                                static_cast<std::uint32_t>(k));
  }
  require(units_ >= 1, "there are no units");
  std::int64_t rest = units_;
  for (Kind& kind : frequent_) {
    kind.share_of_rest = static_cast<double>(multiplicity[kind.number]) / static_cast<double>(rest);
    rest -= multiplicity[kind.number];
  }
}

void TableDraw::draw(RandomStream random, std::span<std::int64_t> times) const {
  require(times.size() == kinds_, "there is not one number for each kind");
  std::fill(times.begin(), times.end(), 0);
  std::int64_t left = units_;
  for (const Kind& kind : frequent_) {
    const std::int64_t drawn = draw_binomial(random, left, kind.share_of_rest);
    times[kind.number] = drawn;
    left -= drawn;
  }
  const auto rare = static_cast<std::uint32_t>(kind_of_rare_unit_.size());
  for (; left > 0; --left) ++times[kind_of_rare_unit_[random.below(rare)]];
}

}  // namespace modelgate
