#include "gates/quality/needs.h"

#include <fmt/format.h>

#include <cmath>

#include "gates/statistics/distributions.h"
#include "gates/statistics/proportion_interval.h"

namespace modelgate {
namespace {

constexpr double most_worth_naming = 1e7;

/// Two digits, because the estimate is no better.
std::int64_t rounded_up(double count) {
  const double grain = count < 100 ? 1 : std::pow(10, std::floor(std::log10(count)) - 1);
  return static_cast<std::int64_t>(std::ceil(count / grain) * grain);
}

std::string more_units(double more, const std::string& units) {
  return more < most_worth_naming ? "about " + counted(rounded_up(std::max(more, 1.0)), units, "more ") : "";
}

/// From `distance` between estimate and margin, and how far a bound at `alpha` lies from the estimate now. It
/// shrinks with the root of the units; a power of 80 % is asked for.
double units_for(double distance, double width, double alpha, double units) {
  const double z = -normal_quantile(alpha), power = normal_quantile(0.8);
  return units * std::pow(width * (1 + power / z) / distance, 2) - units;
}

/// Units after which the worst case is within the margin, if harmful ones stay as frequent. The worst case is
/// taken to grow in proportion to the share that may be harmful.
double units_for_worst_case(const Difference& result, double margin, double alpha) {
  const double share = clopper_pearson(result.harmful, result.units, alpha).upper;
  const double tolerated = std::min(1.0, share * margin / -result.proven);
  const auto rate = static_cast<double>(result.harmful) / static_cast<double>(result.units);
  const auto proves = [&](double units) {
    const auto n = static_cast<std::int64_t>(units);
    return clopper_pearson(std::llround(rate * units), n, alpha).upper <= tolerated;
  };
  double low = static_cast<double>(result.units), high = low;
  while (!proves(high) && high < most_worth_naming) high *= 2;
  if (!(high < most_worth_naming)) return INFINITY;
  while (high - low > 1) {
    const double middle = std::floor((low + high) / 2);
    (proves(middle) ? high : low) = middle;
  }
  return high - static_cast<double>(result.units);
}

std::string joined(const std::string& a, const std::string& b) {
  return a.empty() ? b : b.empty() ? a : a + ", or " + b;
}

/// The next number of two digits that is no smaller.
double rounded_up_to_two_digits(double value) {
  if (!(value > 0)) return 0;
  const double grain = std::pow(10, std::floor(std::log10(value)) - 1);
  return std::ceil(value / grain - 1e-9) * grain;
}

/// The smallest margin that the data prove already: in tenths of a point, or with two digits.
std::string other_margin(const Difference& result, const Presentation& told) {
  if (result.tolerated < 0) {
    // Of a gain: the largest one that is proven.
    const double gain = std::floor(1000 * result.proven) / 1000;
    return told.scale() == Scale::fraction && gain > 0 ? "a gain of " + told.margin_text(gain) : "";
  }
  if (!(-result.proven > 0) || !std::isfinite(result.proven)) return "";
  if (told.scale() == Scale::fraction) {
    const double points = std::ceil(-1000 * result.proven) / 10;
    return points <= 20 ? fmt::format("a margin of {} points", points) : "";
  }
  const double margin = rounded_up_to_two_digits(told.margin(-result.proven));
  return fmt::format("a margin of {:.6g}{}", margin, told.scale() == Scale::ratio ? " %" : "");
}

std::string other_limit(const Level& result, const Presentation& told) {
  if (!std::isfinite(result.bounds.lower)) return "";
  const double proven = told.value(result.bounds.lower);
  if (told.scale() == Scale::fraction && told.lower_is_better()) {
    const double maximum = std::ceil(1000 * proven) / 10;
    return maximum < 100 ? fmt::format("max={:g}%", maximum) : "";
  }
  if (told.scale() == Scale::fraction) {
    const double minimum = std::floor(1000 * proven) / 1000;
    return minimum > 0 ? fmt::format("min={}", minimum) : "";
  }
  const double size = std::abs(proven);
  const double grain = size > 0 ? std::pow(10, std::floor(std::log10(size)) - 2) : 1;
  return told.lower_is_better() ? fmt::format("max={:.6g}", std::ceil(proven / grain) * grain)
                                : fmt::format("min={:.6g}", std::floor(proven / grain) * grain);
}

double units_for_level(const Level& result, double minimum, const QualityRule& rule) {
  const double distance = result.value - minimum;
  const auto units = static_cast<double>(result.units);
  return distance > 0 ? units_for(distance, result.value - result.bounds.lower, rule.alpha_pass, units)
                      : units_for(-distance, result.bounds.upper - result.value, rule.alpha_fail, units);
}

std::string or_another_limit(const std::string& words) {
  return words.empty() ? "another limit: the value lies so near to this one that more rows hardly help"
                       : words;
}

}  // namespace

std::string counted(std::int64_t count, std::string units, const char* more) {
  if (count == 1) units.erase(std::min(units.find(' '), units.size()) - 1, 1);
  return fmt::format("{} {}{}", count, more, units);
}

std::int64_t units_to_exclude(double share, double alpha) {
  return static_cast<std::int64_t>(
      std::ceil(std::min(std::log(alpha) / std::log1p(-share), most_worth_naming)));
}

std::string what_would_decide(const Difference& result, const QualityRule& rule, const std::string& units,
                              const Presentation& told) {
  const double margin = result.tolerated;
  double more = INFINITY;
  const double drop = -result.estimate();
  if (result.few && margin < 0)
    more = INFINITY;
  else if (result.few)
    more = units_for_worst_case(result, margin, rule.alpha_pass);
  else if (drop < margin)
    more = units_for(margin - drop, result.estimate() - result.bounds.lower, rule.alpha_pass,
                     static_cast<double>(result.units));
  else
    more = units_for(drop - margin, result.bounds.upper - result.estimate(), rule.alpha_fail,
                     static_cast<double>(result.units));
  const std::string words = joined(more_units(more, units), other_margin(result, told));
  return words.empty() ? "another margin: the change lies so near to this one that more rows hardly help"
                       : words;
}

std::string what_would_decide(const Level& result, double minimum, const QualityRule& rule,
                              const std::string& units, const Presentation& told) {
  return or_another_limit(
      joined(more_units(units_for_level(result, minimum, rule), units), other_limit(result, told)));
}

}  // namespace modelgate
