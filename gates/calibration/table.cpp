#include "gates/calibration/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

constexpr std::size_t columns = 8;
using Row = std::array<std::string, columns>;

/// Characters and not bytes: "±" takes one column.
std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

std::string percent_or_dash(const std::optional<double>& value) {
  return value ? fmt::format("{:.1f} %", *value) : "-";
}

std::string rate_text(const ObservedRate& rate) {
  return fmt::format("{}/{} (≤ {:.0f} %)", rate.count, rate.of, 100 * rate.upper);
}

Row row_of(const CalibratedCheck& check) {
  std::string name = check.gate + ": " + check.name;
  for (const auto& [field, value] : check.slice) name += " [" + field + "=" + value + "]";
  const std::string noise = check.noise
                                ? fmt::format("{:.1f} ({:.1f} / {:.1f} / {:.1f})", check.noise->pair,
                                              check.noise->between, check.noise->within, check.noise->drift)
                                : "-";
  const std::string margin =
      check.margin ? fmt::format("{:.3g} {}", *check.margin, check.unit == "percent" ? "%" : check.unit)
                   : "-";
  return {printable(name),
          rate_text(check.blocks),
          rate_text(check.inconclusive),
          noise,
          margin,
          percent_or_dash(check.detectable_80),
          percent_or_dash(check.detectable_95),
          check.suggested_pairs && check.pairs ? fmt::format("{} / {}", *check.pairs, *check.suggested_pairs)
          : check.pairs                        ? fmt::format("{} / -", *check.pairs)
                                               : "-"};
}

}  // namespace

std::string table_of(const Calibration& calibration) {
  std::vector<Row> rows = {{"check", "false blocks", "undecided", "noise % (between / within / drift)",
                            "margin", "found 80 %", "95 %", "pairs / needed"}};
  for (const CalibratedCheck& check : calibration.checks) rows.push_back(row_of(check));
  std::array<std::size_t, columns> widths{};
  for (const Row& row : rows)
    for (std::size_t i = 0; i < columns; ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  std::string text;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::string line;
    for (std::size_t i = 0; i < columns; ++i) {
      line += rows[r][i];
      if (i + 1 < columns) line.append(widths[i] - width_of(rows[r][i]) + 2, ' ');
    }
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    if (r > 0 && !calibration.checks[r - 1].advice.empty())
      text += "    " + printable(calibration.checks[r - 1].advice) + "\n";
  }
  return text + "\n" + printable(calibration.sentence) + "\n";
}

}  // namespace modelgate
