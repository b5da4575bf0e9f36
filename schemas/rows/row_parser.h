#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/rows/line_blocks.h"
#include "schemas/rows/row_block.h"

namespace modelgate {

/// Reads blocks of whole rows. One for each thread: it keeps what it learns of the rows.
class RowParser {
 public:
  virtual ~RowParser() = default;
  /// Adds the rows of `lines`. Stops at the first row with a problem.
  virtual void parse(const LineBlock& lines, RowBlock& block) = 0;
};

/// Rows of JSON, an object a line.
std::unique_ptr<RowParser> json_parser(std::vector<RowField> fields);

/// The names in a header.
std::vector<std::string> csv_columns(std::string_view header, char delimiter);

/// Rows of CSV or TSV (RFC 4180) behind their header. Errors: kind usage with `where` for a header without
/// the id, if that is among the fields, or with a column twice.
std::unique_ptr<RowParser> csv_parser(const std::vector<RowField>& fields, std::string_view header,
                                      char delimiter, const std::string& where);

}  // namespace modelgate
