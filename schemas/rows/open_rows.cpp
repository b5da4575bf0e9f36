#include "schemas/rows/open_rows.h"

#include "schemas/rows/row_files.h"
#include "schemas/tool/standard_input.h"

namespace modelgate {

OpenRows::OpenRows(const std::filesystem::path& path, std::vector<RowField> fields)
    : name_(input_name(path)), fields_(std::move(fields)), lines_(open_bytes(path), name_) {
  plain_bytes_ = lines_.size();
  const std::string line(lines_.first_line());
  const RowFormat format = row_format(line, name_);
  if (format == RowFormat::json) return;
  delimiter_ = format == RowFormat::tsv ? '\t' : ',';
  header_ = line;
  lines_.take_header();
  parser();  // what is wrong with the header is said now
}

std::unique_ptr<RowParser> OpenRows::parser() const {
  return header_ ? csv_parser(fields_, *header_, delimiter_, name_ + ":1") : json_parser(fields_);
}

}  // namespace modelgate
