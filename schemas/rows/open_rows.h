#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "schemas/rows/line_blocks.h"
#include "schemas/rows/row_parser.h"

namespace modelgate {

/// One file of rows, opened: its format is known, and its header read. Internal to schemas/rows.
class OpenRows {
 public:
  /// Errors: those of open_bytes(), row_format() and csv_parser().
  OpenRows(const std::filesystem::path& path, std::vector<RowField> fields);

  /// The next block of whole rows.
  bool next(LineBlock& block) { return lines_.next(block); }
  /// Another for each thread.
  std::unique_ptr<RowParser> parser() const;
  const std::string& name() const { return name_; }
  /// The size of the file, if its rows are not packed; otherwise 0.
  std::size_t plain_bytes() const { return plain_bytes_; }
  /// Of the first row, from 1.
  std::int64_t first_line() const { return header_ ? 2 : 1; }

 private:
  std::string name_;
  std::vector<RowField> fields_;
  LineBlocks lines_;
  std::optional<std::string> header_;
  char delimiter_ = ',';
  std::size_t plain_bytes_ = 0;
};

}  // namespace modelgate
