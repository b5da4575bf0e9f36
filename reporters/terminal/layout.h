#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "reporters/terminal/rows.h"

namespace modelgate {

using Lines = std::vector<std::string>;

enum class Column { status, gate, name, values, change, margin };

inline constexpr std::array all_columns = {Column::status, Column::gate,   Column::name,
                                           Column::values, Column::change, Column::margin};

inline constexpr std::size_t gap = 2;  // blanks between columns

/// How wide each column is (0: there is none), and what was given up to get there.
struct Layout {
  std::array<std::size_t, all_columns.size()> widths = {};
  bool stacked_change = false;    // the bounds below the change
  bool numbers_below = false;     // in a line of their own, not in columns
  bool stacked_name = false;      // the gate before the name, or above it
  bool whole_heading = true;      // "baseline → candidate" in one line
  std::size_t room_for_name = 0;  // where no numbers stand behind it

  std::size_t& operator[](Column column) { return widths[static_cast<std::size_t>(column)]; }
  std::size_t operator[](Column column) const { return widths[static_cast<std::size_t>(column)]; }
  std::size_t total() const {
    std::size_t sum = 0;
    for (const std::size_t width : widths) sum += width == 0 ? 0 : width + gap;
    return sum - gap;
  }
};

/// The layout that shows all rows within `width` columns and gives up as little as possible.
Layout fitted(const std::vector<Row>& rows, std::size_t width);

/// What stands above a column: "baseline → candidate", of which "candidate" stands in a second line where the
/// layout has no whole heading.
std::string heading(Column column);

/// The lines of a row in a column.
Lines cell(const Row& row, Column column, const Layout& layout);

/// "16.2 µs → 22.1 µs, +36.4 % (+34.9 … +37.9), margin +10 %", in lines that break no number.
Lines numbers_in_lines(const Row& row, std::size_t width);

bool has_numbers(const Row& row);

}  // namespace modelgate
