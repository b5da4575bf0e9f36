#include "gates/quality/presentation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace modelgate {
namespace {

std::string without_zeros(std::string text) {
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string points(double fraction) {
  const std::string text = short_number(100 * fraction);
  return text + (text == "1" ? " point" : " points");
}

/// What is not all is not shown as 100 %.
std::string percent(double fraction) {
  int decimals = 2;
  while (decimals < 9 && fraction < 1 && fmt::format("{:.{}f}", 100 * fraction, decimals).starts_with("100"))
    ++decimals;
  return fmt::format("{:.{}f} %", 100 * fraction, decimals);
}

/// With so many digits that a value of a thousandth has three.
std::string plain(double value) {
  const double size = std::abs(value);
  if (size >= 1e9 || (size > 0 && size < 1e-6)) return fmt::format("{:.4g}", value);
  const int decimals =
      size >= 1000 || size == 0 ? 1 : std::min(9, 3 - static_cast<int>(std::floor(std::log10(size))));
  return without_zeros(fmt::format("{:.{}f}", value, std::max(1, decimals)));
}

/// Nothing is shown as -0.
double negated(double value) { return 0 - value; }

}  // namespace

std::string short_number(double value) {
  const double size = std::abs(value);
  const int decimals =
      size >= 0.1 || size == 0 ? 2 : std::min(9, 1 - static_cast<int>(std::floor(std::log10(size))));
  return without_zeros(fmt::format("{:.{}f}", value, decimals));
}

double Presentation::value(double goodness) const {
  if (scale_ == Scale::ratio) return std::exp(-goodness);
  return lower_is_better_ ? negated(goodness) : goodness;
}

double Presentation::goodness(double value) const {
  if (scale_ == Scale::ratio) return -std::log(value);
  return lower_is_better_ ? negated(value) : value;
}

Interval Presentation::values(const Interval& goodness) const {
  const Interval told{value(goodness.lower), value(goodness.upper)};
  return lower_is_better_ ? Interval{told.upper, told.lower} : told;
}

double Presentation::change(double difference) const {
  if (scale_ == Scale::ratio) return 100 * std::expm1(negated(difference));
  const double change = lower_is_better_ ? negated(difference) : difference;
  return scale_ == Scale::fraction ? 100 * change : change;
}

Interval Presentation::changes(const Interval& differences) const {
  const Interval told{change(differences.lower), change(differences.upper)};
  return lower_is_better_ ? Interval{told.upper, told.lower} : told;
}

double Presentation::margin(double fall) const {
  if (scale_ == Scale::ratio) return 100 * std::expm1(fall);
  return scale_ == Scale::fraction ? 100 * fall : fall;
}

const char* Presentation::change_unit() const {
  return scale_ == Scale::fraction ? "points" : scale_ == Scale::ratio ? "percent" : "";
}

std::string Presentation::value_text(double goodness) const {
  return scale_ == Scale::fraction ? percent(value(goodness)) : plain(value(goodness));
}

std::string Presentation::change_text(double difference) const {
  if (scale_ == Scale::fraction) return points(std::abs(difference));
  const std::string text = short_number(std::abs(change(difference)));
  return scale_ == Scale::ratio ? text + " %" : text;
}

std::string Presentation::margin_text(double fall) const {
  if (scale_ == Scale::fraction) return points(fall);
  return scale_ == Scale::ratio ? short_number(margin(fall)) + " %" : short_number(fall);
}

std::string Presentation::bounds_text(const Interval& changes) const {
  const double largest = std::max(std::abs(changes.lower), std::abs(changes.upper));
  const int decimals = scale_ != Scale::number || !(largest > 0)
                           ? 2
                           : std::clamp(2 - static_cast<int>(std::floor(std::log10(largest))), 0, 9);
  return fmt::format("{:+.{}f} to {:+.{}f}", changes.lower, decimals, changes.upper, decimals);
}

std::string Presentation::limit_text(double goodness) const {
  return scale_ == Scale::fraction ? short_number(100 * value(goodness)) + " %"
                                   : without_zeros(fmt::format("{:.6g}", value(goodness)));
}

}  // namespace modelgate
