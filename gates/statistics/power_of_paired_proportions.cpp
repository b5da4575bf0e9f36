// The power of tests on a paired 2×2 table.
//
// Method: of n rows d ~ Bin(n, ψ) are discordant, and of those b ~ Bin(d, (ψ + Δ)/2ψ) fall to the first
// model. For each d the test rejects from some b on; that critical b moves by at most a step from one d to
// the next, so the exact power is one walk over the d that can happen, with a binomial tail at each. Up to
// 20,000 rows. Beyond, T is normal: Φ((√n·|Δ − δ| − z·σ0)/σ1), σ0² the variance fitted under the margin and
// σ1² = ψ − Δ² (Connor 1987, Biometrics 43:207; Lachenbruch 1992, Statistics in Medicine 11:1521; with
// margins Tango 1998).
//
// Assumption: rows are independent, ψ is known. Limits: n depends on ψ as much as on the drop. Power ripples
// with n by the probability of one table; the needed n is one at which it is reached (power_search.h).

#include "gates/statistics/power_of_paired_proportions.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "gates/statistics/distributions.h"
#include "gates/statistics/input.h"
#include "gates/statistics/mcnemar.h"
#include "gates/statistics/paired_proportions.h"
#include "gates/statistics/power_search.h"

namespace modelgate {

namespace {

constexpr std::int64_t most_rows_exact = 20'000;
constexpr double negligible = 1e-14;

/// "The first is better by more than the margin", of b rows that only the first got right and c others.
using Proves = std::function<bool(std::int64_t b, std::int64_t c)>;

/// The state of the world, turned so that the effect lies above the margin.
struct World {
  double drop = 0, margin = 0, discordant = 0;
};

World world_of(double drop, double margin, double discordant) {
  const double sign = drop < margin ? -1 : 1;
  return {sign * drop, sign * margin, std::max(discordant, std::abs(drop))};
}

void require_design(const PairedDesign& design) {
  require(design.margin > -1 && design.margin < 1, "the margin is not within (-1, 1)");
  require(design.discordant >= 0 && design.discordant <= 1, "the discordant share is not within [0, 1]");
  require_tail(design.tail);
}

void require_drop(double drop) { require(drop >= -1 && drop <= 1, "the drop is not within [-1, 1]"); }

/// The sum over d of P(d)·P(b ≥ critical b | d).
double exact_power(std::int64_t rows, const World& world, const Proves& proves) {
  const double share = world.discordant;
  const double first = share > 0 ? std::clamp((share + world.drop) / (2 * share), 0.0, 1.0) : 0.5;
  const auto mode =
      std::min(rows, static_cast<std::int64_t>(std::floor((static_cast<double>(rows) + 1) * share)));
  double power = 0;
  const auto walk = [&](std::int64_t from, int step) {
    std::int64_t critical = from / 2;
    for (std::int64_t d = from; d >= 0 && d <= rows; d += step) {
      const double p = binomial_equal(d, rows, share);
      if (!(p > negligible)) break;
      critical = std::clamp<std::int64_t>(critical, 0, d + 1);
      while (critical > 0 && proves(critical - 1, d - critical + 1)) --critical;
      while (critical <= d && !proves(critical, d - critical)) ++critical;
      power += p * binomial_at_least(critical, d, first);
    }
  };
  walk(mode, -1);
  walk(mode + 1, 1);
  return std::min(1.0, power);
}

/// The standard deviation of one row's difference under the margin, as Tango's test fits it.
double deviation_at_margin(const World& world) {
  // Its statistic of so many rows that the counts are as good as the shares.
  constexpr std::int64_t many = std::int64_t{1} << 40;
  const auto count = [](double share) { return std::llround(share * static_cast<double>(many)); };
  const PairedCounts counts{0, count((world.discordant + world.drop) / 2),
                            count((world.discordant - world.drop) / 2), 0};
  const PairedCounts filled{many - counts.discordant(), counts.only_first, counts.only_second, 0};
  const double t = tango_statistic(filled, world.margin);
  return std::sqrt(static_cast<double>(many)) * (filled.difference() - world.margin) / t;
}

double asymptotic_power(std::int64_t rows, const World& world, double tail) {
  const double distance = world.drop - world.margin;
  if (!(distance > 0)) return tail;
  const double variance = world.discordant - world.drop * world.drop;
  const double excess =
      std::sqrt(static_cast<double>(rows)) * distance + normal_quantile(tail) * deviation_at_margin(world);
  return variance > 0 ? normal_lower(excess / std::sqrt(variance)) : excess >= 0 ? 1 : 0;
}

double tango_at(std::int64_t rows, double drop, double margin, double discordant, double tail) {
  const World world = world_of(drop, margin, discordant);
  if (rows > most_rows_exact) return asymptotic_power(rows, world, tail);
  const double z = -normal_quantile(tail);
  return exact_power(rows, world, [&](std::int64_t b, std::int64_t c) {
    return tango_statistic({rows - b - c, b, c, 0}, world.margin) >= z;
  });
}

double mcnemar_at(std::int64_t rows, double drop, double discordant, double tail) {
  const World world = world_of(drop, 0, discordant);
  if (rows > most_rows_exact) return asymptotic_power(rows, world, tail);
  return exact_power(
      rows, world, [&](std::int64_t b, std::int64_t c) { return b > c && mcnemar(b, c).mid_p <= 2 * tail; });
}

/// Rows by the asymptotic formula.
double guess_of(double drop, double margin, double discordant, double tail, double power) {
  const World world = world_of(drop, margin, discordant);
  const double deviation = std::sqrt(std::max(0.0, world.discordant - world.drop * world.drop));
  const double reach =
      normal_quantile(power) * deviation - normal_quantile(tail) * deviation_at_margin(world);
  return std::max(1.0, std::pow(reach / (world.drop - world.margin), 2));
}

}  // namespace

double tango_power(std::int64_t rows, double drop, const PairedDesign& design) {
  require(rows >= 1, "there are no rows");
  require_design(design);
  require_drop(drop);
  return tango_at(rows, drop, design.margin, design.discordant, design.tail);
}

std::optional<std::int64_t> tango_needed(double drop, const PairedDesign& design, double power) {
  require_design(design);
  require_drop(drop);
  require_power(power);
  if (drop == design.margin) return std::nullopt;
  return smallest_count(guess_of(drop, design.margin, design.discordant, design.tail, power), 1,
                        [&](std::int64_t rows) { return tango_power(rows, drop, design) >= power; });
}

double tango_detectable(std::int64_t rows, const PairedDesign& design, double power) {
  require(rows >= 1, "there are no rows");
  require_design(design);
  require_power(power);
  const double spread = std::sqrt(std::max(design.discordant, 1 / static_cast<double>(rows)));
  const double guess = 3 * spread / std::sqrt(static_cast<double>(rows));
  return design.margin + smallest_distance(guess, 1 - design.margin, power, [&](double distance) {
           return tango_power(rows, std::min(1.0, design.margin + distance), design);
         });
}

double tango_margin(std::int64_t rows, double drop, const PairedDesign& design, double power) {
  require(rows >= 1, "there are no rows");
  require_design({0, design.discordant, design.tail});
  require_drop(drop);
  require_power(power);
  // The table at hand decides by its upper bound, which falls in steps: the power as a function of the margin
  // does too, and halving finds the step.
  const auto proves = [&](double margin) {
    return tango_at(rows, drop, margin, design.discordant, design.tail) >= power;
  };
  double low = drop, high = 1 - 1e-9;
  if (!(low < high) || !proves(high)) return std::numeric_limits<double>::infinity();
  while (high - low > 1e-7) {
    const double middle = (low + high) / 2;
    (proves(middle) ? high : low) = middle;
  }
  return high;
}

double mcnemar_power(std::int64_t rows, double drop, const PairedDesign& design) {
  require(rows >= 1, "there are no rows");
  require_design(design);
  require_drop(drop);
  require(design.margin == 0, "McNemar's test knows no margin");
  return mcnemar_at(rows, drop, design.discordant, design.tail);
}

std::optional<std::int64_t> mcnemar_needed(double drop, const PairedDesign& design, double power) {
  require_design(design);
  require_drop(drop);
  require_power(power);
  if (drop == 0) return std::nullopt;
  return smallest_count(guess_of(drop, 0, design.discordant, design.tail, power), 1,
                        [&](std::int64_t rows) { return mcnemar_power(rows, drop, design) >= power; });
}

double mcnemar_detectable(std::int64_t rows, const PairedDesign& design, double power) {
  require(rows >= 1, "there are no rows");
  require_design(design);
  require_power(power);
  const double spread = std::sqrt(std::max(design.discordant, 1 / static_cast<double>(rows)));
  return smallest_distance(3 * spread / std::sqrt(static_cast<double>(rows)), 1, power,
                           [&](double drop) { return mcnemar_power(rows, drop, design); });
}

}  // namespace modelgate
