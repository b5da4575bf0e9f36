#include "reporters/terminal/table.h"

#include <algorithm>

#include "reporters/wording/text.h"

namespace modelgate {
namespace {

constexpr std::size_t gap = 2;

using Lines = std::vector<std::string>;

enum Column { status, gate, name, values, change, margin, column_count };

const char* const headings[] = {"status", "gate", "check", "baseline → candidate", "change", "margin"};

/// How wide each column is (0: there is none), and what was given up to get there.
struct Layout {
  std::size_t widths[column_count] = {};
  bool stacked_change = false;  // the bounds below the change
  bool stacked_values = false;  // the candidate's value below the baseline's
  bool stacked_name = false;    // the gate before the name, or above it
  bool whole_heading = true;    // "baseline → candidate" in one line
  std::size_t room_for_name = 0;

  std::size_t total() const {
    std::size_t sum = 0;
    for (const std::size_t width : widths) sum += width == 0 ? 0 : width + gap;
    return sum - gap;
  }
};

/// The text before and behind a separator, of which `kept` bytes end the first line; or the whole.
Lines split(const std::string& text, const std::string& separator, std::size_t kept) {
  const std::size_t at = text.find(separator);
  if (at == std::string::npos) return {text};
  return {text.substr(0, at + kept), text.substr(at + separator.size())};
}

bool has_numbers(const Row& row) { return !(row.values + row.change + row.margin).empty(); }

Lines name_cell(const Row& row, const Layout& layout) {
  if (!layout.stacked_name) return wrapped(row.name, layout.widths[name]);
  // A name without numbers behind it may take up their place.
  const std::string both = row.gate + " " + row.name;
  if (columns(both) <= (has_numbers(row) ? layout.widths[name] : layout.room_for_name)) return {both};
  Lines lines = wrapped(row.gate, layout.widths[name]);
  for (std::string& line : wrapped(row.name, has_numbers(row) ? layout.widths[name] : layout.room_for_name))
    lines.push_back(std::move(line));
  return lines;
}

Lines cell(const Row& row, Column column, const Layout& layout) {
  switch (column) {
    case status:
      return {word_for(row.standing)};
    case gate:
      return {row.gate};
    case name:
      return name_cell(row, layout);
    case values:
      return layout.stacked_values ? split(row.values, "→ ", std::string("→").size()) : Lines{row.values};
    case change:
      if (row.bounds.empty() || row.change.empty()) return {row.change};
      return layout.stacked_change ? Lines{row.change, row.bounds} : Lines{row.change + " " + row.bounds};
    case margin:
      return layout.stacked_change ? split(row.margin, ", ", 0) : Lines{row.margin};
    case column_count:
      break;
  }
  return {};
}

std::size_t natural_width(const std::vector<Row>& rows, Column column, const Layout& layout) {
  std::size_t most = 0;
  for (const Row& row : rows) {
    if (column == name) {
      most = std::max(most, columns(row.name));
      continue;
    }
    for (const std::string& line : cell(row, column, layout)) most = std::max(most, columns(line));
  }
  return most;
}

Layout measured(const std::vector<Row>& rows, Layout layout) {
  for (int c = 0; c < column_count; ++c) {
    const auto column = static_cast<Column>(c);
    const std::size_t most = column == gate && layout.stacked_name ? 0 : natural_width(rows, column, layout);
    const std::size_t heading =
        columns(column == values && !layout.whole_heading ? "candidate" : headings[c]);
    layout.widths[c] = most == 0 ? 0 : std::max(most, heading);
  }
  return layout;
}

Layout fitted(const std::vector<Row>& rows, std::size_t width) {
  constexpr std::size_t narrow_name = 24, narrowest_name = 10;
  Layout layout = measured(rows, {});
  const auto narrow_down = [&](std::size_t least) {
    const std::size_t total = layout.total();
    if (total <= width) return true;
    const std::size_t excess = total - width, own = layout.widths[name];
    if (own < excess + least) return false;
    layout.widths[name] = own - excess;
    return true;
  };
  if (narrow_down(narrow_name + 8)) return layout;
  layout.whole_heading = false;
  layout = measured(rows, layout);
  if (narrow_down(narrow_name + 8)) return layout;
  layout.stacked_change = true;
  layout = measured(rows, layout);
  if (narrow_down(narrow_name)) return layout;
  layout.stacked_name = true;
  layout = measured(rows, layout);
  layout.room_for_name = width > layout.widths[status] + gap ? width - layout.widths[status] - gap : 0;
  if (narrow_down(narrow_name)) return layout;
  layout.stacked_values = true;
  layout = measured(rows, layout);
  if (!narrow_down(narrowest_name)) layout.widths[name] = narrowest_name;
  return layout;
}

std::string heading_line(const Layout& layout, const Paint& paint) {
  Lines below;
  std::string text, second;
  for (int c = 0; c < column_count; ++c) {
    if (layout.widths[c] == 0) continue;
    const bool broken = c == values && !layout.whole_heading;
    const std::string first = broken ? "baseline →" : headings[c];
    if (!text.empty()) text += std::string(gap, ' ');
    if (broken) second = std::string(columns(text), ' ') + "candidate";
    text += padded(first, layout.widths[c]);
  }
  while (text.ends_with(' ')) text.pop_back();
  std::string all = paint.faint(text) + "\n";
  if (!second.empty()) all += paint.faint(second) + "\n";
  return all;
}

std::string row_text(const Row& row, const Layout& layout, std::size_t width, const Paint& paint) {
  const bool quiet = row.standing == Standing::pass || row.standing == Standing::not_compared;
  const std::size_t indent = layout.widths[status] + gap;
  // Without numbers the sentence takes their place, if it fits there.
  const std::size_t behind_name =
      indent + (layout.widths[gate] > 0 ? layout.widths[gate] + gap : 0) + layout.widths[name] + gap;
  const bool numbers = !(row.values + row.change + row.margin).empty();
  const bool sentence_inside =
      !numbers && !row.sentence.empty() && behind_name + columns(row.sentence) <= width;

  std::size_t height = 1;
  Lines cells[column_count];
  for (int c = 0; c < column_count; ++c) {
    if (layout.widths[c] == 0) continue;
    cells[c] = cell(row, static_cast<Column>(c), layout);
    height = std::max(height, cells[c].size());
  }
  std::string text;
  for (std::size_t i = 0; i < height; ++i) {
    std::string line;
    std::size_t used = 0, due = 0;
    for (int c = 0; c < column_count; ++c) {
      if (layout.widths[c] == 0) continue;
      if (i < cells[c].size() && !cells[c][i].empty()) {
        const std::string& content = cells[c][i];
        line += std::string(due - used, ' ');
        const bool urgent = row.standing <= Standing::inconclusive;
        line += c == status || (c == change && urgent) ? paint.standing(row.standing, content)
                : c == name && urgent                  ? paint.strong(content)
                : c == gate                            ? paint.faint(content)
                                                       : content;
        used = due + columns(content);
      }
      due += layout.widths[c] + gap;
    }
    if (i == 0 && sentence_inside)
      line += std::string(behind_name - used, ' ') + (quiet ? paint.faint(row.sentence) : row.sentence);
    text += line + "\n";
  }
  const std::size_t room = width > indent + 10 ? width - indent : 10;
  const auto below = [&](const std::string& content, const std::string& lead, auto&& painted) {
    std::string blank = lead;
    for (const std::string& line : wrapped(content, room - columns(lead))) {
      text += std::string(indent, ' ') + painted(blank + line) + "\n";
      blank = std::string(columns(lead), ' ');
    }
  };
  if (!row.sentence.empty() && !sentence_inside)
    below(quiet && !row.whole ? cut(row.sentence, room) : row.sentence, "",
          [&](const std::string& line) { return quiet ? paint.faint(line) : line; });
  if (!row.needs.empty())
    below(row.needs,
          "needs: ", [&](const std::string& line) { return paint.standing(Standing::inconclusive, line); });
  for (const std::string& fact : row.facts)
    text += std::string(indent, ' ') + paint.faint(cut("| " + fact, room)) + "\n";
  return text;
}

}  // namespace

std::string Paint::with(const char* code, const std::string& text) const {
  return colour_ && !text.empty() ? std::string("\033[") + code + "m" + text + "\033[0m" : text;
}

std::string Paint::standing(Standing standing, const std::string& text) const {
  switch (standing) {
    case Standing::fail:
      return with("1;31", text);
    case Standing::error:
      return with("1;35", text);
    case Standing::inconclusive:
    case Standing::waived:
      return with("33", text);
    case Standing::better:
      return with("1;32", text);
    case Standing::pass:
      return with("32", text);
    case Standing::not_compared:
      break;
  }
  return with("2", text);
}

std::string table_text(const std::vector<Row>& rows, std::size_t width, const Paint& paint) {
  if (rows.empty()) return "";
  const Layout layout = fitted(rows, width);
  std::string text = heading_line(layout, paint);
  for (const Row& row : rows) text += row_text(row, layout, width, paint);
  return text;
}

}  // namespace modelgate
