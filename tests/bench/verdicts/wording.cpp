#include "tests/bench/verdicts/wording.h"

#include <fmt/format.h>

namespace modelgate {

std::string share_text(double share) {
  const double percent = 100 * share;
  if (percent == 0) return "0 %";
  if (percent >= 99.95 && percent < 100) return fmt::format("{:.2f} %", percent);
  return percent < 0.1 ? fmt::format("{:.1g} %", percent)
                       : fmt::format("{:.{}f} %", percent, percent < 10 ? 2 : 1);
}

std::string bounded_text(const Rate& rate) {
  return share_text(rate.share()) + " (≤ " + share_text(rate.upper()) + ")";
}

std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number);
  for (auto place = static_cast<std::ptrdiff_t>(digits.size()) - 3; place > 0; place -= 3)
    digits.insert(static_cast<std::size_t>(place), ",");
  return digits;
}

std::string checks_text(std::size_t checks) {
  return std::to_string(checks) + (checks == 1 ? " check" : " checks");
}

std::string looks_text(const std::vector<std::int64_t>& looks, const std::string& unit) {
  if (looks.size() == 1) return std::to_string(looks.front()) + " " + unit;
  std::string text = "looks at ";
  for (std::size_t i = 0; i < looks.size(); ++i)
    text += (i == 0 ? "" : i + 1 == looks.size() ? " and " : ", ") + std::to_string(looks[i]);
  return text + " " + unit;
}

}  // namespace modelgate
