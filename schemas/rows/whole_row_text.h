#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/rows/whole_rows.h"

namespace modelgate {

/// A row as it is written, whatever the form. Internal to schemas/rows.
class RowText {
 public:
  virtual ~RowText() = default;
  /// The text of the value at a path of the file ("id", "meta.id"); none if it is no text, number or boolean.
  virtual std::optional<std::string> text_at(const std::string& path) const = 0;
  /// All fields, what is redacted masked.
  virtual WholeRow whole(const RowRequest& request) const = 0;
};

/// A line of JSON; null if it is no object.
std::unique_ptr<RowText> json_row(std::string_view line);

/// The cells of a row under their header; null if there are more or fewer.
std::unique_ptr<RowText> csv_row(const std::vector<std::string>& header, std::vector<std::string> cells);

/// Takes the next row off a text of CSV (RFC 4180): its cells, unquoted.
std::vector<std::string> next_cells(std::string_view& text, char delimiter);

}  // namespace modelgate
