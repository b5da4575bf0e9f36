#include "reporters/wording/numbers.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace modelgate {
namespace {

constexpr int most_more_digits = 6;

/// "−1,234.50": thousands grouped, a real minus sign; no sign where all digits are 0.
std::string with_signs(const std::string& ascii, bool plus) {
  const bool negative = ascii.starts_with('-');
  std::string digits = negative ? ascii.substr(1) : ascii;
  const bool zero = digits.find_first_of("123456789") == std::string::npos;
  const std::size_t end = std::min(digits.find_first_not_of("0123456789"), digits.size());
  for (std::size_t i = end; i > 3; i -= 3) digits.insert(i - 3, ",");
  return (zero ? "" : negative ? "−" : plus ? "+" : "") + digits;
}

std::string fixed(double value, int decimals, bool plus = false) {
  if (!std::isfinite(value)) return std::isnan(value) ? "NaN" : value < 0 ? "−∞" : "+∞";
  return with_signs(fmt::format("{:.{}f}", value, decimals), plus);
}

/// 1.50 as 1.5, 10.0 as 10
std::string trimmed(std::string text) {
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

/// "2.00 ms" as "2 ms"
std::string without_zeros(const std::string& quantity) {
  const std::size_t end = std::min(quantity.find_first_of(" /e"), quantity.size());
  return trimmed(quantity.substr(0, end)) + quantity.substr(end);
}

/// The place of the first digit when `digits` are shown: 2 of 123, 0 of 1.23 and of 0.9996 with three, −1 of
/// 0.12; 0 of 0.
int magnitude(double value, int digits = 17) {
  if (value == 0 || !std::isfinite(value)) return 0;
  const std::string text = fmt::format("{:.{}e}", value, digits - 1);
  return std::stoi(text.substr(text.find('e') + 1));
}

/// `digits` significant ones, and all that stand before the point.
std::string significant(double value, int digits) {
  return fixed(value, std::clamp(digits - 1 - magnitude(value, digits), 0, 12));
}

/// A number of no known unit: very large and very small ones with an exponent.
std::string plain(double value, int digits) {
  if (value != 0 && (std::abs(value) >= 1e9 || std::abs(value) < 1e-4) && std::isfinite(value))
    return with_signs(fmt::format("{:.{}e}", value, digits - 1), false);
  return trimmed(significant(value, digits));
}

struct Scale {
  double factor;
  const char* unit;
};

/// In the largest unit in which at least 1 stands before the point, by the rounded number: 999.9 µs is 1.00
/// ms.
template <std::size_t size>
std::string scaled(double value, const Scale (&scales)[size], int digits) {
  for (const Scale& scale : scales)
    if (std::abs(value) * std::pow(10, digits) >= scale.factor * (std::pow(10, digits) - 0.5))
      return significant(value / scale.factor, digits) + scale.unit;
  const Scale& smallest = scales[size - 1];
  return value == 0 ? std::string("0") + smallest.unit
                    : plain(value / smallest.factor, digits) + smallest.unit;
}

constexpr Scale times[] = {{1, " s"}, {1e-3, " ms"}, {1e-6, " µs"}, {1e-9, " ns"}};
constexpr Scale sizes[] = {{1024. * 1024 * 1024, " GiB"}, {1024. * 1024, " MiB"}, {1024, " KiB"}, {1, " B"}};
constexpr Scale rates[] = {{1e9, " G/s"}, {1e6, " M/s"}};

/// What is not all is not shown as 100 %.
std::string percentage(double percent, int more_digits) {
  int decimals = 1 + more_digits;
  while (decimals < 6 && percent < 100 && fixed(percent, decimals).starts_with("100")) ++decimals;
  return fixed(percent, decimals) + " %";
}

/// Decimals that show the largest of the numbers with two digits, and one at least: those of the sentences.
int decimals_for(double largest) { return std::clamp(1 - magnitude(largest, 2), 1, 6); }

double largest_of(const Effect& effect, const std::optional<double>& margin) {
  double largest = std::abs(effect.estimate);
  for (const std::optional<double>& value : {effect.lower, effect.upper, margin})
    if (value && std::isfinite(*value)) largest = std::max(largest, std::abs(*value));
  return largest;
}

std::string suffix_of(const std::string& unit) {
  return unit.empty() ? "" : unit == "percent" ? " %" : unit == "points" ? " pp" : " " + unit;
}

std::string of_change(double value, const Check& check) {
  const double largest = largest_of(*check.effect, check.margin);
  const bool relative = check.effect->unit == "percent" || check.effect->unit == "points";
  return fixed(value, relative ? decimals_for(largest) : std::clamp(2 - magnitude(largest, 3), 0, 12), true);
}

/// What the compared values are: a metric whose change is told in points is a fraction.
std::string unit_of_values(const Check& check) {
  const bool points = check.effect && check.effect->unit == "points";
  return check.unit.empty() && points ? "fraction" : check.unit;
}

}  // namespace

std::string count_text(std::int64_t count) { return with_signs(std::to_string(count), false); }

std::string counted(std::size_t count, const std::string& singular, const std::string& plural) {
  return count_text(static_cast<std::int64_t>(count)) + " " + (count == 1 ? singular : plural);
}

std::string quantity_text(double value, const std::string& unit, int more_digits) {
  if (!std::isfinite(value)) return fixed(value, 0);
  if (unit == "s") return scaled(value, times, 3 + more_digits);
  if (unit == "bytes") return scaled(value, sizes, 3 + more_digits);
  if (unit == "1/s")
    return std::abs(value) >= 1e6 ? scaled(value, rates, 3 + more_digits)
                                  : significant(value, 3 + more_digits) + "/s";
  if (unit == "percent") return percentage(value, more_digits);
  if (unit == "fraction") return percentage(100 * value, more_digits);
  return plain(value, 4 + more_digits) + suffix_of(unit);
}

std::string level_text(double level) { return without_zeros(quantity_text(level, "fraction")); }

std::string values_text(const Check& check) {
  const std::string unit = unit_of_values(check);
  if (!check.candidate) return check.baseline ? quantity_text(*check.baseline, unit) + " →" : "";
  if (!check.baseline) return quantity_text(*check.candidate, unit);
  std::string baseline, candidate;
  for (int more = 0; more <= most_more_digits; ++more) {
    baseline = quantity_text(*check.baseline, unit, more);
    candidate = quantity_text(*check.candidate, unit, more);
    if (baseline != candidate || *check.baseline == *check.candidate) break;
  }
  return baseline + " → " + candidate;
}

std::string change_text(const Check& check) {
  return check.effect ? change_text(check, check.effect->estimate) : "";
}

std::string change_text(const Check& check, double change) {
  return check.effect ? of_change(change, check) + suffix_of(check.effect->unit) : "";
}

std::string bounds_text(const Check& check) {
  if (!check.effect || (!check.effect->lower && !check.effect->upper)) return "";
  const auto bound = [&](const std::optional<double>& value, const char* otherwise) {
    return value ? of_change(*value, check) : otherwise;
  };
  return "(" + bound(check.effect->lower, "−∞") + " … " + bound(check.effect->upper, "+∞") + ")";
}

std::string margin_text(const Check& check) {
  std::string text;
  if (check.margin) {
    const char* sign = *check.margin == 0                               ? ""
                       : check.direction == Direction::lower_is_better  ? "+"
                       : check.direction == Direction::higher_is_better ? "−"
                                                                        : "±";
    text = sign + plain(*check.margin, 4) + suffix_of(check.effect ? check.effect->unit : "");
  }
  if (check.target) {
    const char* sign = check.direction == Direction::lower_is_better ? "−" : "+";
    text += std::string(text.empty() ? "" : ", ") + "gain " + sign + plain(*check.target, 4) +
            suffix_of(check.effect ? check.effect->unit : "");
  }
  if (check.limit)
    text += std::string(text.empty() ? "" : ", ") +
            (check.limit->kind == Limit::Kind::minimum ? "min " : "max ") +
            without_zeros(quantity_text(check.limit->value, unit_of_values(check)));
  return text;
}

}  // namespace modelgate
