// How likely a mean is proven to lie on its side of a margin, and how many values that takes.
//
// Method: with the effect D away from the margin, (estimate − margin)/SE has a noncentral t distribution with
// shift D·√n/σ and the degrees of freedom of the rule (Cohen 1988; Julious 2010, Sample Sizes for Clinical
// Trials); the power is its part beyond the critical t. Exact for the paired t. For Welch's t the degrees of
// freedom are Satterthwaite's at the true variances, which promises up to 0.06 too much at three values each,
// 0.013 at five and 0.004 at ten (by simulation). Clusters of m alike values count as one value of variance
// σ²(1 + (m − 1)ρ)/m (Kish 1965). For n without bound all of them become the normal formula
// n = (z_tail + z_power)²σ²/D², which is Miller's for evals (2024, arXiv:2411.00640).
//
// Assumption: normal values, or many; the spread is known (it is an estimate: from ten pairs it is itself
// uncertain by a quarter, and so is every n that comes out). Limits: it counts one side, the effect's own.

#include "gates/statistics/power_of_means.h"

#include <cmath>
#include <limits>

#include "gates/statistics/distributions.h"
#include "gates/statistics/input.h"
#include "gates/statistics/power_search.h"

namespace modelgate {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// All rules of this file: the standard error of n values is error/√n, the degrees of freedom grow with n.
struct Rule {
  double margin = 0, tail = 0, error = 0;
  double degrees_per_value = 1, degrees_lost = 0;  ///< Degrees of freedom: per_value·n − lost.
};

double shift(double n, double distance, double error) {
  if (distance == 0) return 0;
  return error > 0 ? distance * std::sqrt(n) / error : infinity;
}

double degrees_of(const Rule& rule, std::int64_t n) {
  return rule.degrees_per_value * static_cast<double>(n) - rule.degrees_lost;
}

double power_at(const Rule& rule, std::int64_t n, double distance) {
  const double degrees = degrees_of(rule, n);
  const double critical = -student_quantile(rule.tail, degrees);
  return noncentral_student_upper(critical, degrees, shift(static_cast<double>(n), distance, rule.error));
}

void require_rule(const Rule& rule) {
  require_value(rule.margin);
  require(rule.error >= 0 && std::isfinite(rule.error), "the spread is not a finite number of at least 0");
  require_tail(rule.tail);
}

/// (z_tail + z_power)·error: the distance that one value proves, by the normal distribution.
double normal_reach(const Rule& rule, double power) {
  return (normal_quantile(power) - normal_quantile(rule.tail)) * rule.error;
}

double power_of(const Rule& rule, std::int64_t n, double effect) {
  require_rule(rule);
  require_value(effect);
  require(n >= 2, "at least two values are needed");
  return power_at(rule, n, std::abs(effect - rule.margin));
}

std::optional<std::int64_t> needed(const Rule& rule, double effect, double power) {
  require_rule(rule);
  require_value(effect);
  require_power(power);
  const double distance = std::abs(effect - rule.margin);
  if (distance == 0 && power > rule.tail) return std::nullopt;
  // Guenther's correction: estimating the spread costs about z²/2 values.
  const double z = normal_quantile(rule.tail);
  const double guess = std::pow(normal_reach(rule, power) / distance, 2) + z * z / 2;
  return smallest_count(guess, 2, [&](std::int64_t n) { return power_at(rule, n, distance) >= power; });
}

double detectable(const Rule& rule, std::int64_t n, double power) {
  require_rule(rule);
  require_power(power);
  require(n >= 2, "at least two values are needed");
  if (rule.error == 0 || power <= rule.tail) return rule.margin;
  const double critical = -student_quantile(rule.tail, degrees_of(rule, n));
  const double guess =
      1.1 * (critical + normal_quantile(power)) * rule.error / std::sqrt(static_cast<double>(n));
  return rule.margin + smallest_distance(std::max(guess, 0.0), 1e15 * rule.error, power,
                                         [&](double distance) { return power_at(rule, n, distance); });
}

Rule rule_of(const MeanDesign& design) { return {design.margin, design.tail, design.spread, 1, 1}; }

Rule rule_of(const WelchDesign& design) {
  require(design.first_spread >= 0 && design.second_spread >= 0, "a spread is negative");
  Rule rule{design.margin, design.tail, std::hypot(design.first_spread, design.second_spread), 2, 2};
  if (rule.error > 0) {
    const double share = std::pow(design.first_spread / rule.error, 2);
    rule.degrees_per_value = rule.degrees_lost = 1 / (share * share + (1 - share) * (1 - share));
  }
  return rule;
}

Rule rule_of(const ClusterDesign& design) {
  require(design.cluster_size >= 1 && std::isfinite(design.cluster_size),
          "a cluster holds at least one value");
  require(design.correlation >= 0 && design.correlation <= 1, "the correlation is not within [0, 1]");
  return {design.margin, design.tail, design.spread * std::sqrt(design.design_effect() / design.cluster_size),
          1, 1};
}

}  // namespace

double normal_power(std::int64_t n, double effect, const MeanDesign& design) {
  const Rule rule = rule_of(design);
  require_rule(rule);
  require_value(effect);
  require(n >= 1, "at least one value is needed");
  const double distance = std::abs(effect - rule.margin);
  return normal_lower(normal_quantile(rule.tail) + shift(static_cast<double>(n), distance, rule.error));
}

std::optional<std::int64_t> normal_needed(double effect, const MeanDesign& design, double power) {
  const Rule rule = rule_of(design);
  require_rule(rule);
  require_value(effect);
  require_power(power);
  const double distance = std::abs(effect - rule.margin);
  if (distance == 0 && power > rule.tail) return std::nullopt;
  return smallest_count(std::pow(normal_reach(rule, power) / distance, 2), 1,
                        [&](std::int64_t n) { return normal_power(n, effect, design) >= power; });
}

double normal_detectable(std::int64_t n, const MeanDesign& design, double power) {
  const Rule rule = rule_of(design);
  require_rule(rule);
  require_power(power);
  require(n >= 1, "at least one value is needed");
  return rule.margin + std::max(0.0, normal_reach(rule, power)) / std::sqrt(static_cast<double>(n));
}

double paired_t_power(std::int64_t pairs, double effect, const MeanDesign& design) {
  return power_of(rule_of(design), pairs, effect);
}

std::optional<std::int64_t> paired_t_needed(double effect, const MeanDesign& design, double power) {
  return needed(rule_of(design), effect, power);
}

double paired_t_detectable(std::int64_t pairs, const MeanDesign& design, double power) {
  return detectable(rule_of(design), pairs, power);
}

double welch_power(std::int64_t each, double effect, const WelchDesign& design) {
  return power_of(rule_of(design), each, effect);
}

std::optional<std::int64_t> welch_needed(double effect, const WelchDesign& design, double power) {
  return needed(rule_of(design), effect, power);
}

double welch_detectable(std::int64_t each, const WelchDesign& design, double power) {
  return detectable(rule_of(design), each, power);
}

double clustered_power(std::int64_t clusters, double effect, const ClusterDesign& design) {
  return power_of(rule_of(design), clusters, effect);
}

std::optional<std::int64_t> clustered_needed(double effect, const ClusterDesign& design, double power) {
  return needed(rule_of(design), effect, power);
}

double clustered_detectable(std::int64_t clusters, const ClusterDesign& design, double power) {
  return detectable(rule_of(design), clusters, power);
}

}  // namespace modelgate
