#include "schemas/tool/clock.h"

#include <fmt/format.h>

#include <chrono>
#include <ctime>
#include <optional>

#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

namespace chrono = std::chrono;

std::string formatted(const char* format) {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  char text[32];
  return {text, std::strftime(text, sizeof text, format, &parts)};
}

std::optional<chrono::year_month_day> day_in(const std::string& text) {
  constexpr std::string_view form = "dddd-dd-dd";
  if (text.size() != form.size()) return std::nullopt;
  for (std::size_t i = 0; i < form.size(); ++i)
    if (form[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != form[i]) return std::nullopt;
  const auto number = [&](std::size_t begin, std::size_t count) {
    return std::stoi(text.substr(begin, count));
  };
  const chrono::year_month_day day(chrono::year(number(0, 4)),
                                   chrono::month(static_cast<unsigned>(number(5, 2))),
                                   chrono::day(static_cast<unsigned>(number(8, 2))));
  return day.ok() ? std::optional(day) : std::nullopt;
}

}  // namespace

std::string utc_now() { return formatted("%Y-%m-%dT%H:%M:%SZ"); }
std::string utc_day() { return formatted("%Y-%m-%d"); }

bool is_day(const std::string& text) { return day_in(text).has_value(); }

std::string day_after(const std::string& day, int days) {
  const auto from = day_in(day);
  if (!from) throw usage_error("", "'" + beginning(day) + "' is not a day", "Write it like 2026-12-31.");
  const chrono::year_month_day to(chrono::sys_days(*from) + chrono::days(days));
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(to.year()), static_cast<unsigned>(to.month()),
                     static_cast<unsigned>(to.day()));
}

}  // namespace modelgate
