#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "runners/selftest/report.h"
#include "runners/selftest/text_layout.h"
#include "runners/selftest/troubles.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

constexpr std::array<Level, 4> levels = {Level::none, Level::half, Level::twice, Level::gross};
constexpr std::size_t cell_width = 11, most_alike = 6;

/// "pass", "FAIL", "cannot tell"; what was not as expected is marked.
std::string cell_of(const Row& row) {
  const std::string word = row.status == "fail"           ? "FAIL"
                           : row.status == "inconclusive" ? "cannot tell"
                                                          : row.status;
  return row.ruling == Ruling::as_expected ? word : word + " !";
}

struct Line {
  std::string name;
  std::array<std::string, 4> cells;
  bool as_expected = true;
};

std::string text_of(const Line& line, std::size_t name_width) {
  std::string text = "  " + padded(line.name, name_width);
  for (const std::string& cell : line.cells) text += "  " + padded(cell.empty() ? "·" : cell, cell_width);
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

/// The lines of one gate's checks; many that say the same become one.
std::vector<Line> lines_of(const std::string& gate, const Matrix& matrix) {
  std::vector<Line> lines;
  std::map<std::string, std::size_t> places;
  for (const Row& row : matrix.rows()) {
    if (row.planted.gate != gate || row.planted.check.empty()) continue;
    const std::string name = planted_name(row.planted);
    const auto [place, is_new] = places.emplace(name, lines.size());
    if (is_new) lines.push_back({name, {}, true});
    Line& line = lines[place->second];
    const auto level = std::find(levels.begin(), levels.end(), row.planted.level);
    if (level != levels.end()) line.cells[static_cast<std::size_t>(level - levels.begin())] = cell_of(row);
    line.as_expected = line.as_expected && row.ruling == Ruling::as_expected;
  }
  std::map<std::array<std::string, 4>, std::size_t> alike;
  for (const Line& line : lines) alike[line.cells] += line.as_expected ? 1 : 0;
  std::vector<Line> shown;
  for (const Line& line : lines) {
    std::size_t& count = alike[line.cells];
    if (!line.as_expected || count <= most_alike) {
      if (!line.as_expected || count > 0) shown.push_back(line);
      continue;
    }
    shown.push_back({std::to_string(count) + " checks, such as " + line.name, line.cells, true});
    count = 0;  // the others are in this line
  }
  return shown;
}

/// What was planted besides and stopped, by what it was planted in: "document of the candidate: missing,
/// empty"; things that suffered the same are named together.
std::vector<std::string> stopped_in(const std::string& gate, const Matrix& matrix) {
  std::vector<std::pair<std::string, std::vector<std::string>>> by_thing;
  std::set<std::string> checks;
  for (const Row& row : matrix.rows()) {
    const bool counts =
        row.planted.gate == gate && row.planted.level == Level::other && row.ruling == Ruling::as_expected;
    if (!counts) continue;
    const std::size_t at = row.planted.words.find(": ");
    const bool of_check = !row.planted.check.empty();
    if (of_check) checks.insert(planted_name(row.planted));
    const std::string thing = of_check ? "" : row.planted.words.substr(0, at);
    const std::string damage = of_check ? row.planted.words : row.planted.words.substr(at + 2);
    auto found = std::find_if(by_thing.begin(), by_thing.end(),
                              [&](const auto& entry) { return entry.first == thing; });
    if (found == by_thing.end()) found = by_thing.insert(by_thing.end(), {thing, {}});
    if (std::find(found->second.begin(), found->second.end(), damage) == found->second.end())
      found->second.push_back(damage);
  }
  std::vector<std::pair<std::string, std::string>> by_damage;  // damages, things
  for (auto& [thing, damages] : by_thing) {
    std::sort(damages.begin(), damages.end());
    std::string text;
    for (const std::string& damage : damages) text += (text.empty() ? "" : ", ") + damage;
    const std::string name = !thing.empty()       ? thing
                             : checks.size() == 1 ? *checks.begin()
                                                  : "each of " + std::to_string(checks.size()) + " checks";
    const auto same = std::find_if(by_damage.begin(), by_damage.end(),
                                   [&](const auto& entry) { return entry.first == text; });
    if (same == by_damage.end())
      by_damage.emplace_back(text, name);
    else
      same->second += ", " + name;
  }
  std::vector<std::string> texts;
  for (const auto& [damages, things] : by_damage) texts.push_back(printable(things + ": " + damages));
  return texts;
}

std::string conclusion(const Matrix& matrix, std::size_t trials) {
  const std::string size =
      std::to_string(matrix.rows().size()) + " rows by " + std::to_string(trials) + " trials";
  if (matrix.exit_code() == ExitCode::pass) return "as expected: all " + size + "\n";
  std::string text = std::to_string(matrix.count(Ruling::as_expected)) + " of " + size + " are as expected\n";
  for (const auto& [ruling, words] : {std::pair{Ruling::let_through, "let something through"},
                                      {Ruling::false_alarm, "fail by themselves"},
                                      {Ruling::untried, "could not be tried"},
                                      {Ruling::unproven, "could not be proven to fail"}})
    if (matrix.count(ruling) > 0) text += std::string(words) + ": " + names_with(matrix, ruling) + "\n";
  return text;
}

}  // namespace

std::string report_table(const Matrix& matrix, std::size_t trials) {
  const std::size_t width = terminal_width();
  std::vector<std::string> gates;
  for (const Row& row : matrix.rows())
    if (std::find(gates.begin(), gates.end(), row.planted.gate) == gates.end())
      gates.push_back(row.planted.gate);
  std::map<std::string, std::vector<Line>> lines;
  std::size_t name_width = 20;
  for (const std::string& gate : gates) {
    lines[gate] = lines_of(gate, matrix);
    for (const Line& line : lines[gate]) name_width = std::max(name_width, characters(line.name));
  }
  const std::size_t cells = levels.size() * (cell_width + 2) + 2;
  name_width = std::min<std::size_t>(name_width, width > cells + 20 ? width - cells : 60);
  std::string text = text_of({"planted", {"nothing", "half", "twice", "gross"}, true}, name_width) + "\n";
  for (const std::string& gate : gates) {
    text += printable(gate) + "\n";
    for (Line& line : lines[gate]) {
      line.name = cut(line.name, name_width);
      text += text_of(line, name_width) + "\n";
    }
    for (const std::string& stopped : stopped_in(gate, matrix))
      text += wrapped("stopped  " + stopped, width > 40 ? width : 100, "  ", 9);
  }
  text += "\n" + troubles_text(matrix);
  for (const std::string& note : matrix.notes()) text += "note: " + printable(note) + "\n";
  return text + conclusion(matrix, trials);
}

}  // namespace modelgate
