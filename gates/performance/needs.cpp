// What would decide a comparison that the data left open.
//
// As many units as give the rule a power of 80 % if the estimate and the spread of one unit are the truth.
// The error rate is that of the side on which the estimate lies, at the last declared look.

#include "gates/performance/needs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include "gates/statistics/alpha_spending.h"
#include "gates/statistics/distributions.h"
#include "gates/statistics/power_of_means.h"
#include "gates/statistics/power_of_ranks.h"

namespace modelgate {
namespace {

constexpr double power = 0.8;
// So many that nobody measures them.
constexpr double too_many = 2000;

/// As signed_rank_needed() where few pairs are needed. It takes milliseconds where many are, and thousands of
/// checks may be open: there it is π/3 times what means of known spread need (Noether 1987), and z²/2 more
/// for the spread that is not known (Guenther 1981); never so few that no ranks could prove anything.
std::optional<std::int64_t> pairs_needed(double effect, const MeanDesign& design) {
  constexpr double few = 12;
  const std::optional<std::int64_t> of_means = normal_needed(effect, design, power);
  if (!of_means) return std::nullopt;
  const double least = std::ceil(-std::log2(design.tail));
  const double guess = std::ceil(std::numbers::pi / 3 * static_cast<double>(*of_means) +
                                 std::pow(normal_quantile(design.tail), 2) / 2);
  if (guess <= few && least <= few) return signed_rank_needed(effect, design, power);
  return static_cast<std::int64_t>(std::max(least, std::min(too_many, guess)));
}

/// The units that would decide; none where no number does.
std::optional<std::int64_t> units_needed(const Comparison& result, const ComparisonRule& rule) {
  const double alpha = result.estimate < rule.margin ? rule.tail : rule.alpha_fail;
  const double tail = alpha * (rule.looks.empty() ? 1 : look_shares(rule.looks).back());
  if (result.design == Design::paired)
    return pairs_needed(result.estimate, {rule.margin, result.spread, tail});
  if (result.design == Design::unpaired)
    return normal_needed(result.estimate, {rule.margin, result.spread, tail}, power);
  const double z = normal_quantile(1 - tail) + normal_quantile(power);
  const double allowed = std::pow((rule.margin - result.estimate) / z, 2) - std::pow(result.fixed_spread, 2);
  if (!(allowed > 0)) return std::nullopt;
  return static_cast<std::int64_t>(std::min(too_many, std::ceil(std::pow(result.spread, 2) / allowed)));
}

/// "about 8 more process pairs"
std::string more_of(Design design, std::int64_t more) {
  const std::int64_t count = std::max(more, std::int64_t{2});
  const char* name = design == Design::paired     ? "process pairs"
                     : design == Design::unpaired ? "processes of each"
                                                  : "repetitions of each";
  return fmt::format("about {} more {}", count, name);
}

/// " or a margin of 7.3 %": the smallest that these data would pass.
std::string or_margin(const Comparison& result, const ComparisonRule& rule) {
  if (!(std::isfinite(result.upper) && result.upper > rule.margin)) return "";
  const double margin =
      result.worse_is_less ? -100 * std::expm1(-result.upper) : 100 * std::expm1(result.upper);
  return fmt::format(", or a margin of {:.1f} %", std::ceil(10 * margin) / 10);
}

}  // namespace

std::string units_name(Design design, std::int64_t count) {
  const char* name = design == Design::paired     ? "process pair"
                     : design == Design::unpaired ? "process"
                                                  : "repetition";
  return fmt::format("{} {}{}", count, name, count == 1 ? "" : design == Design::unpaired ? "es" : "s");
}

std::string what_would_decide(const Comparison& result, const ComparisonRule& rule, bool enough,
                              std::int64_t minimum_pairs) {
  if (!enough && result.design == Design::one_process)
    return "at least " + units_name(Design::one_process, least_repetitions) + ", or better " +
           units_name(Design::paired, minimum_pairs) + ", as modelgate-run-bench measures them";
  if (!enough)
    return "at least " + units_name(result.design, rule.looks.empty()
                                                       ? minimum_pairs
                                                       : std::max(minimum_pairs, rule.looks.front()));
  const std::optional<std::int64_t> needed = units_needed(result, rule);
  if (needed && static_cast<double>(*needed) < too_many)
    return more_of(result.design, *needed - result.units) + or_margin(result, rule);
  if (result.design == Design::one_process)
    return "process pairs, as modelgate-run-bench measures them: with the spread between processes that is "
           "assumed, no number of repetitions in one process decides" +
           or_margin(result, rule);
  return "another margin: the change lies so near to this one that more " +
         std::string(result.design == Design::paired ? "pairs" : "processes") + " hardly help" +
         or_margin(result, rule);
}

}  // namespace modelgate
