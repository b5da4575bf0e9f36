#include "gates/calibration/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
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

std::string worsening_text(const std::optional<double>& value, const std::string& unit) {
  return value ? fmt::format("{:.1f} {}", *value, unit == "percent" ? "%" : unit) : "-";
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
          worsening_text(check.detectable_80, check.unit),
          worsening_text(check.detectable_95, check.unit),
          check.suggested_pairs && check.pairs ? fmt::format("{} / {}", *check.pairs, *check.suggested_pairs)
          : check.pairs                        ? fmt::format("{} / -", *check.pairs)
                                               : "-"};
}

// More of a gate are told in one line.
constexpr std::int64_t most_plain = 3;

/// A check of which there is nothing to say: a test that always passed.
bool is_plain(const CalibratedCheck& check) {
  return check.blocks.count == 0 && check.inconclusive.count == 0 && !check.margin && !check.noise;
}

std::map<std::string, std::int64_t> plain_checks(const Calibration& calibration) {
  std::map<std::string, std::int64_t> counts;
  for (const CalibratedCheck& check : calibration.checks)
    if (is_plain(check)) ++counts[check.gate];
  return counts;
}

}  // namespace

std::string table_of(const Calibration& calibration) {
  std::vector<Row> rows = {{"check", "false blocks", "undecided", "noise % (between / within / drift)",
                            "margin", "found 80 %", "95 %", "pairs / needed"}};
  std::vector<std::string> advice = {""};
  const std::map<std::string, std::int64_t> plain = plain_checks(calibration);
  for (const CalibratedCheck& check : calibration.checks) {
    if (is_plain(check) && plain.at(check.gate) > most_plain) continue;
    rows.push_back(row_of(check));
    advice.push_back(check.noise ? check.advice : check.basis);
  }
  for (const auto& [gate, count] : plain) {
    if (count <= most_plain) continue;
    rows.push_back({printable(gate) + ": " + std::to_string(count) + " checks that always passed", "", "", "",
                    "", "", "", ""});
    advice.push_back("");
  }
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
    if (!advice[r].empty()) text += "    " + printable(advice[r]) + "\n";
  }
  return text + "\n" + printable(calibration.sentence) + "\n";
}

}  // namespace modelgate
