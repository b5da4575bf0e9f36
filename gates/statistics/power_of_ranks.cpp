// The power of the two rank rules when the noise is normal.
//
// Signed rank, up to 40 pairs: the distribution of V under an effect is computed, not approximated. Walk
// along the sizes |d| from 0 upwards in small cells. How many of the remaining pairs fall into the next cell
// is binomial, they take the next ranks, and each is negative with the probability that the cell's two halves
// give; the state is (pairs placed, sum of negative ranks). Only sums up to the critical one are kept. Signs
// within one cell are taken as independent of their order, an error that falls with the square of the cells
// and is extrapolated (Richardson): 10^−4 remain.
// Beyond that, and for the rank sum: the statistic is normal with its exact mean and variance under the
// effect (Lehmann 1975, Nonparametrics, 2.3 and 4.2), compared with the critical value of the exact test.
// That is off by up to 0.012 at 41 pairs, and for the rank sum by 0.1 at 4 values each, 0.03 at 8, 0.01 at
// 15, 0.003 at 30.
//
// Assumption: normal noise. With heavier tails of the same spread both rules need fewer values than this
// says. Limits: for the largest n they need π/3 = 1.05 times the values of Student's t (Noether 1987, JASA
// 82:645), which is where the search starts.

#include "gates/statistics/power_of_ranks.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "gates/statistics/distributions.h"
#include "gates/statistics/input.h"
#include "gates/statistics/power_search.h"
#include "gates/statistics/rank_sum.h"
#include "gates/statistics/signed_rank.h"

namespace modelgate {

namespace {

constexpr std::int64_t most_pairs_exact = 40;
constexpr int coarse = 24;
constexpr double negligible = 1e-13;

/// P(the sum of the ranks of negative differences < k), d: the mean in standard deviations.
class SumOfNegativeRanks {
 public:
  SumOfNegativeRanks(std::int64_t pairs, std::int64_t k, double d)
      : n_(static_cast<std::size_t>(pairs)), sums_(static_cast<std::size_t>(k)), d_(d) {}

  /// With so many cells, and with twice as many, the error falls to a quarter: what remains is extrapolated.
  double below() const {
    const double rough = below(coarse), fine = below(2 * coarse);
    return std::clamp((4 * fine - rough) / 3, 0.0, 1.0);
  }

 private:
  double below(int cells) const {
    std::vector<std::vector<double>> placed(n_ + 1, std::vector<double>(sums_, 0.0)), next = placed;
    placed[0][0] = 1;
    const double first = std::max(0.0, d_ - 8), width = (d_ + 8 - first) / cells;
    double beyond = 1, edge = 0;
    for (int cell = 0; cell < cells; ++cell) {
      // The first cell starts at 0 whatever `first` is, the last one has no end.
      const double end = first + width * (cell + 1);
      const bool last = cell == cells - 1;
      const double positive = (last ? 1.0 : normal_lower(end - d_)) - normal_lower(edge - d_);
      const double negative = normal_lower(-edge - d_) - (last ? 0.0 : normal_lower(-end - d_));
      edge = end;
      const double inside = positive + negative;
      if (!(inside > 0)) continue;
      const double share = last ? 1 : std::min(1.0, inside / beyond);
      beyond -= inside;
      for (auto& sums : next) std::fill(sums.begin(), sums.end(), 0.0);
      for (std::size_t k = 0; k <= n_; ++k) place(placed[k], k, share, negative / inside, next);
      placed.swap(next);
    }
    double total = 0;
    for (const double p : placed[n_]) total += p;
    return total;
  }

  /// Some of the pairs that are left fall into the cell and take the ranks after k.
  void place(std::vector<double> sums, std::size_t k, double share, double negative,
             std::vector<std::vector<double>>& next) const {
    double mass = 0;
    for (const double p : sums) mass += p;
    if (!(mass > negligible)) return;
    const std::size_t left = n_ - k;
    // Binomial probabilities, each from the one before.
    double p = std::pow(1 - share, static_cast<double>(left)), unseen = 1;
    for (std::size_t j = 0; j <= left && unseen > negligible; ++j) {
      if (j > 0) add_rank(sums, k + j, negative);
      if (share == 1) p = j == left ? 1 : 0;
      for (std::size_t s = 0; s < sums_; ++s) next[k + j][s] += p * sums[s];
      unseen -= p;
      p *= static_cast<double>(left - j) / static_cast<double>(j + 1) * share / (1 - share);
    }
  }

  void add_rank(std::vector<double>& sums, std::size_t rank, double negative) const {
    for (std::size_t s = sums_; s-- > 0;) {
      sums[s] = (1 - negative) * sums[s] + (s >= rank ? negative * sums[s - rank] : 0);
    }
  }

  std::size_t n_, sums_;
  double d_;
};

/// P(statistic < k) of a whole-number statistic that is about normal.
double normal_below(std::int64_t k, double mean, double variance) {
  const double distance = static_cast<double>(k) - 0.5 - mean;
  return variance > 0 ? normal_lower(distance / std::sqrt(variance)) : distance > 0 ? 1 : 0;
}

/// V is the sum over pairs i ≤ j of "d_i + d_j > 0"; p2, p3 and p4 are the probabilities that two of them, or
/// two that share one difference, hold.
double signed_rank_normal(std::int64_t pairs, std::int64_t k, double d) {
  const auto n = static_cast<double>(pairs);
  const double away = -d, p1 = normal_lower(away), p2 = normal_lower(std::numbers::sqrt2 * away);
  const double p3 = normal_lower_both(std::numbers::sqrt2 * away, 0.5);
  const double p4 = (p1 + p2 - p1 * (1 - p1)) / 2;
  const double mean = n * p1 + n * (n - 1) / 2 * p2;
  const double variance = n * p1 * (1 - p1) + n * (n - 1) / 2 * p2 * (1 - p2) +
                          2 * n * (n - 1) * (p4 - p1 * p2) + n * (n - 1) * (n - 2) * (p3 - p2 * p2);
  return normal_below(k, mean, variance);
}

double signed_rank_exact(std::int64_t pairs, std::int64_t k, double d) {
  return pairs <= most_pairs_exact ? SumOfNegativeRanks(pairs, k, d).below()
                                   : signed_rank_normal(pairs, k, d);
}

double rank_sum_normal(std::int64_t each, std::int64_t k, double d) {
  const auto n = static_cast<double>(each);
  const double h = -d / std::numbers::sqrt2, p1 = normal_lower(h), p2 = normal_lower_both(h, 0.5);
  return normal_below(k, n * n * p1, n * n * (p1 * (1 - p1) + 2 * (n - 1) * (p2 - p1 * p1)));
}

RankOrder equal_rank_sum_order(std::int64_t each, double tail) { return rank_sum_order(each, each, tail); }

/// P(statistic < k), d: the effect in standard deviations.
using ProbabilityBelow = double (*)(std::int64_t n, std::int64_t k, double d);

struct RankRule {
  int samples = 1;  ///< Independent samples of n values that are compared.
  RankOrder (*order)(std::int64_t n, double tail) = nullptr;
  ProbabilityBelow below = nullptr;
  ProbabilityBelow roughly_below = nullptr;  ///< Cheap and nearly right: where a search starts.

  double power(ProbabilityBelow probability, std::int64_t n, const RankOrder& of_n, double d) const {
    if (of_n.k == 0) return 0;
    return std::isinf(d) ? 1 : probability(n, of_n.k, d);
  }
};

constexpr RankRule signed_rank_rule{1, signed_rank_order, signed_rank_exact, signed_rank_normal};
constexpr RankRule rank_sum_rule{2, equal_rank_sum_order, rank_sum_normal, rank_sum_normal};

void require_design(const MeanDesign& design) {
  require_value(design.margin);
  require(design.spread >= 0 && std::isfinite(design.spread),
          "the spread is not a finite number of at least 0");
  require_tail(design.tail);
}

double standardised(double effect, const MeanDesign& design) {
  const double distance = std::abs(effect - design.margin);
  if (distance == 0) return 0;
  return design.spread > 0 ? distance / design.spread : std::numeric_limits<double>::infinity();
}

double power_of(const RankRule& rule, std::int64_t n, double effect, const MeanDesign& design) {
  require_design(design);
  require_value(effect);
  require(n >= 1, "at least one value is needed");
  return rule.power(rule.below, n, rule.order(n, design.tail), standardised(effect, design));
}

std::optional<std::int64_t> needed(const RankRule& rule, double effect, const MeanDesign& design,
                                   double power) {
  require_design(design);
  require_value(effect);
  require_power(power);
  const double d = standardised(effect, design);
  if (d == 0) return std::nullopt;
  const auto search = [&](double guess, ProbabilityBelow probability) {
    return smallest_count(guess, 1, [&](std::int64_t n) {
      return rule.power(probability, n, rule.order(n, design.tail), d) >= power;
    });
  };
  const double z = std::max(0.0, normal_quantile(power) - normal_quantile(design.tail));
  const auto rough = search(rule.samples * std::numbers::pi / 3 * std::pow(z / d, 2) + 1, rule.roughly_below);
  if (!rough || rule.below == rule.roughly_below) return rough;
  return search(static_cast<double>(*rough), rule.below);
}

double detectable(const RankRule& rule, std::int64_t n, const MeanDesign& design, double power) {
  require_design(design);
  require_power(power);
  require(n >= 1, "at least one value is needed");
  const RankOrder order = rule.order(n, design.tail);
  if (order.k == 0) return std::numeric_limits<double>::infinity();
  constexpr double far = 100;  // standard deviations: there every sign is certain
  const double z = std::max(0.0, normal_quantile(power) - normal_quantile(design.tail));
  const double guess = 1.1 * z * std::sqrt(rule.samples / static_cast<double>(n));
  const double distance =
      smallest_distance(guess, far, power, [&](double d) { return rule.power(rule.below, n, order, d); });
  return design.margin + design.spread * distance;
}

}  // namespace

double signed_rank_power(std::int64_t pairs, double effect, const MeanDesign& design) {
  return power_of(signed_rank_rule, pairs, effect, design);
}

std::optional<std::int64_t> signed_rank_needed(double effect, const MeanDesign& design, double power) {
  return needed(signed_rank_rule, effect, design, power);
}

double signed_rank_detectable(std::int64_t pairs, const MeanDesign& design, double power) {
  return detectable(signed_rank_rule, pairs, design, power);
}

double rank_sum_power(std::int64_t each, double effect, const MeanDesign& design) {
  return power_of(rank_sum_rule, each, effect, design);
}

std::optional<std::int64_t> rank_sum_needed(double effect, const MeanDesign& design, double power) {
  return needed(rank_sum_rule, effect, design, power);
}

double rank_sum_detectable(std::int64_t each, const MeanDesign& design, double power) {
  return detectable(rank_sum_rule, each, design, power);
}

}  // namespace modelgate
