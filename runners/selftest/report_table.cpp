#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "runners/selftest/report.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

constexpr std::array<Level, 4> levels = {Level::none, Level::half, Level::twice, Level::gross};
constexpr std::size_t cell_width = 11, most_alike = 6, most_troubles = 40;

/// The terminal's columns; 0 where stdout is none, and no line is cut.
std::size_t terminal_width() {
  winsize size{};
  return ::isatty(STDOUT_FILENO) == 1 && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

/// The first `count` characters, or those after them.
std::pair<std::string, std::string> split_after(const std::string& text, std::size_t count) {
  std::size_t end = 0;
  for (; end < text.size(); ++end) {
    const bool begins = (static_cast<unsigned char>(text[end]) & 0xc0) != 0x80;
    if (begins && count-- == 0) break;
  }
  return {text.substr(0, end), text.substr(end)};
}

/// Cut in the middle, because names tend to differ at their ends.
std::string cut(const std::string& text, std::size_t width) {
  const std::size_t have = characters(text);
  if (have <= width) return text;
  const std::size_t first = width / 2, last = width - 1 - first;
  return split_after(text, first).first + "…" + split_after(text, have - last).second;
}

std::string padded(const std::string& text, std::size_t width) {
  const std::size_t have = characters(text);
  return have < width ? text + std::string(width - have, ' ') : text;
}

std::string name_of(const Planting& planted) {
  std::string name = planted.check.empty() ? "the whole gate" : planted.check;
  for (const auto& [field, value] : planted.slice) name += " [" + field + "=" + value + "]";
  return printable(name);
}

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
    const std::string name = name_of(row.planted);
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
    if (of_check) checks.insert(name_of(row.planted));
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

/// Lines of at most `width` characters, broken at blanks and indented, the further ones more.
std::string wrapped(const std::string& text, std::size_t width, std::string indent, std::size_t hanging = 0) {
  std::string all, line;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string word = text.substr(begin, end - begin);
    if (!line.empty() && characters(indent + line + " " + word) > width) {
      all += indent + line + "\n";
      if (all.find('\n') == all.size() - 1) indent += std::string(hanging, ' ');
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
    begin = end + 1;
  }
  return line.empty() ? all : all + indent + line + "\n";
}

std::string remedy_for(const Row& row) {
  switch (row.ruling) {
    case Ruling::let_through:
      return row.planted.level == Level::other
                 ? "What is lost must never pass: this gate cannot be relied on."
                 : "This check cannot fail. Give it a narrower margin or tolerance, or take it out of the "
                   "plan.";
    case Ruling::false_alarm:
      return "It fails although nothing beyond its margin was planted: the margin is narrower than the "
             "noise, or the "
             "demand cannot be met by what was measured.";
    case Ruling::unproven:
      return row.needs.empty() ? "" : "Needs " + row.needs + ".";
    case Ruling::untried:
      return row.status == "no verdict" ? "" : "Nothing could be decided with it, whatever it judges.";
    case Ruling::as_expected:
      break;
  }
  return "";
}

std::string troubles(const Matrix& matrix) {
  std::string text;
  std::size_t told = 0, untold = 0;
  for (const Ruling ruling : {Ruling::let_through, Ruling::false_alarm, Ruling::untried, Ruling::unproven})
    for (const Row& row : matrix.rows()) {
      if (row.ruling != ruling) continue;
      if (++told > most_troubles) {
        ++untold;
        continue;
      }
      std::string heading = modelgate::name_of(ruling);
      std::transform(heading.begin(), heading.end(), heading.begin(),
                     [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
      text += heading + "  " + printable(row.planted.gate) + "/" + name_of(row.planted) + "\n";
      text += wrapped("planted: " + printable(row.planted.words) + "; expected: " +
                          modelgate::name_of(row.planted.expected) + "; obtained: " + row.status +
                          (row.reason.empty() ? "" : " (" + printable(row.reason) + ")"),
                      100, "    ");
      text += wrapped(printable(remedy_for(row)), 100, "    ");
    }
  if (untold > 0) text += "… and " + std::to_string(untold) + " more; --json has them all\n";
  return text;
}

/// "2 checks let something through: performance/BM_infer real_time, …"
std::string names_with(const Matrix& matrix, Ruling ruling) {
  std::vector<std::string> names;
  for (const Row& row : matrix.rows()) {
    const std::string name = printable(row.planted.gate) + "/" + name_of(row.planted);
    if (row.ruling == ruling && std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(name);
  }
  std::string text = std::to_string(names.size());
  for (std::size_t i = 0; i < std::min<std::size_t>(names.size(), 3); ++i)
    text += (i == 0 ? ": " : ", ") + names[i];
  return names.size() > 3 ? text + ", …" : text;
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
  text += "\n" + troubles(matrix);
  for (const std::string& note : matrix.notes()) text += "note: " + printable(note) + "\n";
  return text + conclusion(matrix, trials);
}

}  // namespace modelgate
