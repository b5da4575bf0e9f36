#include "reporters/terminal/table.h"

#include <algorithm>

#include "reporters/terminal/layout.h"
#include "reporters/wording/text.h"

namespace modelgate {
namespace {

std::string without_blanks_behind(std::string text) { return text.erase(text.find_last_not_of(' ') + 1); }

bool is_quiet(const Row& row) {
  return row.standing == Standing::pass || row.standing == Standing::not_compared;
}

bool is_urgent(const Row& row) { return row.standing <= Standing::inconclusive; }

std::string heading_line(const Layout& layout, const Paint& paint) {
  std::string text, second;
  for (const Column column : all_columns) {
    if (layout[column] == 0) continue;
    const bool broken = column == Column::values && !layout.whole_heading;
    if (!text.empty()) text += std::string(gap, ' ');
    if (broken) second = std::string(columns(text), ' ') + "candidate";
    text += padded(broken ? "baseline →" : heading(column), layout[column]);
  }
  std::string all = paint.faint(without_blanks_behind(text)) + "\n";
  if (!second.empty()) all += paint.faint(second) + "\n";
  return all;
}

std::string painted(const Row& row, Column column, const std::string& content, const Paint& paint) {
  switch (column) {
    case Column::status:
      return paint.standing(row.standing, content);
    case Column::gate:
      return paint.faint(content);
    case Column::name:
      return is_urgent(row) ? paint.strong(content) : content;
    case Column::change:
      return is_urgent(row) ? paint.standing(row.standing, content) : content;
    case Column::values:
    case Column::margin:
      break;
  }
  return content;
}

/// Where a sentence may begin behind the name of a row without numbers.
std::size_t behind_name(const Row& row, const Layout& layout) {
  std::size_t place = 0;
  for (const Column column : {Column::status, Column::gate})
    place += layout[column] == 0 ? 0 : layout[column] + gap;
  return place + std::max(layout[Column::name], columns(row.name)) + gap;
}

/// The cells of a row, and behind the name a sentence if there is one.
std::string cells_text(const Row& row, const std::string& sentence, const Layout& layout,
                       const Paint& paint) {
  std::vector<std::string> lines(1);
  std::vector<std::size_t> used(1, 0);
  std::size_t place = 0;
  for (const Column column : all_columns) {
    if (layout[column] == 0) continue;
    const Lines cells = cell(row, column, layout);
    if (cells.size() > lines.size()) {
      lines.resize(cells.size());
      used.resize(cells.size(), 0);
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (cells[i].empty()) continue;
      lines[i] += std::string(place - used[i], ' ') + painted(row, column, cells[i], paint);
      used[i] = place + columns(cells[i]);
    }
    place += layout[column] + gap;
  }
  if (!sentence.empty())
    lines[0] += std::string(behind_name(row, layout) - used[0], ' ') +
                (is_quiet(row) ? paint.faint(sentence) : sentence);
  std::string text;
  for (const std::string& line : lines) text += without_blanks_behind(line) + "\n";
  return text;
}

/// What stands below the cells, `indent` columns from the edge.
std::string text_below(const Row& row, const std::string& sentence, std::size_t indent, std::size_t room,
                       const Paint& paint) {
  const std::string blanks(indent, ' ');
  std::string text;
  if (!sentence.empty())
    for (const std::string& line :
         wrapped(is_quiet(row) && !row.whole ? cut(sentence, room) : sentence, room))
      text += blanks + (is_quiet(row) ? paint.faint(line) : line) + "\n";
  std::string lead = "needs: ";
  if (!row.needs.empty())
    for (const std::string& line : wrapped(row.needs, room - lead.size())) {
      text += blanks + paint.standing(Standing::inconclusive, lead + line) + "\n";
      lead.assign(lead.size(), ' ');
    }
  for (const std::string& fact : row.facts)
    text += blanks + paint.faint(without_blanks_behind(cut("| " + fact, room))) + "\n";
  return text;
}

std::string row_text(const Row& row, const Layout& layout, std::size_t width, const Paint& paint) {
  const std::size_t indent = layout[Column::status] + gap, room = width - indent;
  // Without numbers the sentence takes their place, if it fits there.
  const bool inside =
      !has_numbers(row) && !layout.stacked_name && behind_name(row, layout) + columns(row.sentence) <= width;
  std::string text = cells_text(row, inside ? row.sentence : "", layout, paint);
  if (layout.numbers_below)
    for (const std::string& line : numbers_in_lines(row, room))
      text += std::string(indent, ' ') + line + "\n";
  return text + text_below(row, inside ? "" : row.sentence, indent, room, paint);
}

}  // namespace

std::string table_text(const std::vector<Row>& rows, std::size_t width, const Paint& paint) {
  if (rows.empty()) return "";
  const Layout layout = fitted(rows, width);
  std::string text = heading_line(layout, paint);
  bool was_urgent = false;
  for (const Row& row : rows) {
    // What is well stands apart from what is not.
    if (was_urgent && !is_urgent(row)) text += "\n";
    was_urgent = is_urgent(row);
    text += row_text(row, layout, width, paint);
  }
  return text;
}

}  // namespace modelgate
