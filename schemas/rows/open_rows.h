#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "schemas/rows/line_blocks.h"
#include "schemas/rows/row_parser.h"

namespace modelgate {

/// The header of rows in columns, and what parts them.
struct RowColumns {
  std::string header;
  char delimiter = ',';
};

/// One file of rows, opened: its format is known, and its header read. Internal to schemas/rows.
class OpenRows {
 public:
  virtual ~OpenRows() = default;

  /// The next block of whole rows. False at the end.
  virtual bool next(LineBlock& block) = 0;
  /// Another for each thread.
  virtual std::unique_ptr<RowParser> parser() const = 0;
  /// About how many rows there are, or a few more, by the first block of several.
  virtual std::size_t expected_rows(const LineBlock& first) const = 0;
  /// The share of the file that was read so far.
  virtual double share_read() const = 0;
  /// Of the first row: its line, from 1, or the number that the format counts from.
  virtual std::int64_t first_line() const = 0;
  /// Where a row stands that begins in that line: "new.jsonl:7" of the name "new.jsonl".
  virtual std::string place(const std::string& name, std::int64_t line) const = 0;
  /// Of CSV and TSV.
  virtual std::optional<RowColumns> columns() const { return std::nullopt; }
};

/// Opens a file of any form. Where rows have no ids, they are numbered from `first_row` on. Errors: those of
/// open_bytes(), row_format(), csv_parser() and open_array_rows().
std::unique_ptr<OpenRows> open_rows(const std::filesystem::path& path, std::vector<RowField> fields,
                                    std::size_t first_row);

}  // namespace modelgate
