#include "schemas/rows/open_rows.h"

#include <algorithm>
#include <optional>

#include "schemas/rows/array_rows.h"
#include "schemas/rows/row_files.h"
#include "schemas/tool/standard_input.h"

namespace modelgate {
namespace {

/// Rows of JSON, CSV or TSV.
class TextRows : public OpenRows {
 public:
  TextRows(const std::filesystem::path& path, std::vector<RowField> fields)
      : name_(input_name(path)), fields_(std::move(fields)), lines_(open_bytes(path), name_) {
    plain_bytes_ = lines_.size();
    const std::string line(lines_.first_line());
    const RowFormat format = row_format(line, name_);
    if (format == RowFormat::json) return;
    delimiter_ = format == RowFormat::tsv ? '\t' : ',';
    header_ = line;
    lines_.take_header();
    TextRows::parser();  // what is wrong with the header is said now
  }

  bool next(LineBlock& block) override { return lines_.next(block); }

  std::unique_ptr<RowParser> parser() const override {
    return header_ ? csv_parser(fields_, *header_, delimiter_, name_ + ":1") : json_parser(fields_);
  }

  std::size_t expected_rows(const LineBlock& first) const override {
    const std::string_view text = first.text();
    const auto rows = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    // A little more than the first block lets one think.
    return (plain_bytes_ / text.size() + 1) * (rows + rows / 64 + 1);
  }

  std::int64_t first_line() const override { return header_ ? 2 : 1; }

  std::string place(const std::string& name, std::int64_t line) const override {
    return name + ":" + std::to_string(line);
  }

 private:
  std::string name_;
  std::vector<RowField> fields_;
  LineBlocks lines_;
  std::optional<std::string> header_;
  char delimiter_ = ',';
  std::size_t plain_bytes_ = 0;  ///< The size of the file, if its rows are not packed; otherwise 0.
};

}  // namespace

std::unique_ptr<OpenRows> open_rows(const std::filesystem::path& path, std::vector<RowField> fields,
                                    std::size_t first_row) {
  if (holds_arrays(path)) return open_array_rows(path, fields, first_row);
  return std::make_unique<TextRows>(path, std::move(fields));
}

}  // namespace modelgate
