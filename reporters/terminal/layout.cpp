#include "reporters/terminal/layout.h"

#include <algorithm>

#include "reporters/wording/text.h"

namespace modelgate {
namespace {

/// "−1 pp, min 85 %" in two lines.
Lines split_margin(const std::string& text) {
  const std::size_t at = text.find(", ");
  if (at == std::string::npos) return {text};
  return {text.substr(0, at), text.substr(at + 2)};
}

Lines name_cell(const Row& row, const Layout& layout) {
  // A name without numbers behind it may take up their place.
  const std::size_t room = has_numbers(row) ? layout[Column::name] : layout.room_for_name;
  if (!layout.stacked_name) return wrapped(row.name, room);
  const std::string both = row.gate + " " + row.name;
  if (columns(both) <= room) return {both};
  Lines lines = wrapped(row.gate, room);
  for (std::string& line : wrapped(row.name, room)) lines.push_back(std::move(line));
  return lines;
}

std::size_t natural_width(const std::vector<Row>& rows, Column column, const Layout& layout) {
  std::size_t most = 0;
  for (const Row& row : rows) {
    if (column == Column::name) {
      most = std::max(most, columns(row.name));
      continue;
    }
    for (const std::string& line : cell(row, column, layout)) most = std::max(most, columns(line));
  }
  return most;
}

Layout measured(const std::vector<Row>& rows, std::size_t width, Layout layout) {
  for (const Column column : all_columns) {
    const std::size_t most =
        column == Column::gate && layout.stacked_name ? 0 : natural_width(rows, column, layout);
    const std::size_t above =
        columns(column == Column::values && !layout.whole_heading ? "candidate" : heading(column));
    layout[column] = most == 0 ? 0 : std::max(most, above);
  }
  const std::size_t before_name =
      layout[Column::status] + gap + (layout[Column::gate] > 0 ? layout[Column::gate] + gap : 0);
  layout.room_for_name = width > before_name ? width - before_name : 0;
  return layout;
}

}  // namespace

bool has_numbers(const Row& row) { return !(row.values + row.change + row.margin).empty(); }

std::string heading(Column column) {
  switch (column) {
    case Column::status:
      return "status";
    case Column::gate:
      return "gate";
    case Column::name:
      return "check";
    case Column::values:
      return "baseline → candidate";
    case Column::change:
      return "change";
    case Column::margin:
      break;
  }
  return "margin";
}

Lines cell(const Row& row, Column column, const Layout& layout) {
  switch (column) {
    case Column::status:
      return {word_for(row.standing)};
    case Column::gate:
      return {row.gate};
    case Column::name:
      return name_cell(row, layout);
    case Column::values:
      return {row.values};
    case Column::change:
      if (row.bounds.empty() || row.change.empty()) return {row.change};
      return layout.stacked_change ? Lines{row.change, row.bounds} : Lines{row.change + " " + row.bounds};
    case Column::margin:
      return layout.stacked_change ? split_margin(row.margin) : Lines{row.margin};
  }
  return {};
}

Layout fitted(const std::vector<Row>& rows, std::size_t width) {
  constexpr std::size_t wide_name = 32, narrow_name = 24, narrowest_name = 18;
  Layout layout = measured(rows, width, {});
  const auto narrow_down = [&](std::size_t least) {
    const std::size_t total = layout.total();
    if (total <= width) return true;
    const std::size_t excess = total - width, own = layout[Column::name];
    if (own < excess + least) return false;
    layout[Column::name] = own - excess;
    return true;
  };
  if (narrow_down(wide_name)) return layout;
  layout.whole_heading = false;
  layout = measured(rows, width, layout);
  if (narrow_down(wide_name)) return layout;
  layout.stacked_change = true;
  layout = measured(rows, width, layout);
  if (narrow_down(narrow_name)) return layout;
  layout.stacked_name = true;
  layout = measured(rows, width, layout);
  if (narrow_down(narrowest_name)) return layout;
  layout.numbers_below = true;
  for (const Column column : {Column::values, Column::change, Column::margin}) layout[column] = 0;
  layout[Column::name] = layout.room_for_name;
  return layout;
}

Lines numbers_in_lines(const Row& row, std::size_t width) {
  Lines lines;
  const auto add = [&](const std::string& separator, const std::string& part) {
    if (part.empty()) return;
    if (!lines.empty() && columns(lines.back() + separator + part) <= width) {
      lines.back() += separator + part;
      return;
    }
    for (std::string& line : wrapped(part, width)) lines.push_back(std::move(line));
  };
  add("", row.values);
  add(", ", row.change);
  add(" ", row.bounds);
  add(", ", row.margin.empty() ? "" : "margin " + row.margin);
  return lines;
}

}  // namespace modelgate
