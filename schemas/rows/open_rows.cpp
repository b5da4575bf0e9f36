#include "schemas/rows/open_rows.h"

#include <algorithm>
#include <optional>

#include "schemas/formats/evaluation_results.h"
#include "schemas/rows/array_rows.h"
#include "schemas/rows/harness_rows.h"
#include "schemas/rows/row_files.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
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
    const RowFormat format = row_format(line, name_, fields_.empty() || !fields_.front().beside_secrets);
    if (format == RowFormat::json)
      begin_json(line);
    else
      begin_columns(line, format);
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

  double share_read() const override { return lines_.share_read(); }

  std::int64_t first_line() const override { return header_ ? 2 : 1; }

  std::optional<RowColumns> columns() const override {
    return header_ ? std::optional(RowColumns{*header_, delimiter_}) : std::nullopt;
  }

  std::string place(const std::string& name, std::int64_t line) const override {
    return results_.empty() ? name + ":" + std::to_string(line)
                            : name + "#" + results_ + "/" + std::to_string(line - 1);
  }

 private:
  void begin_columns(const std::string& line, RowFormat format) {
    delimiter_ = format == RowFormat::tsv ? '\t' : ',';
    header_ = line;
    lines_.take_header();
    parser();  // what is wrong with the header is said now
  }

  void begin_json(const std::string& line) {
    if (is_harness_row(line)) fields_ = harness_fields(std::move(fields_));
    const bool is_opened =
        line.find_first_not_of(" \t{") == std::string::npos && line.find('{') != std::string::npos;
    if (!is_opened && !evaluation_tool(line)) return;
    // A document, of many lines or of one.
    const std::string document = lines_.whole(maximum_document_bytes);
    const std::optional<EvaluationTool> tool = evaluation_tool(document);
    if (tool == EvaluationTool::lm_evaluation_harness)
      throw usage_error(name_, "holds lm-evaluation-harness's results of whole tasks, and no rows",
                        "Run it with --log_samples, and give the samples_*.jsonl of a task.");
    if (tool != EvaluationTool::promptfoo)
      throw usage_error(name_, "holds one JSON document, and no rows",
                        "A row of JSON in each line is expected.");
    PromptfooRows rows = promptfoo_rows(document, name_);
    results_ = rows.list;
    plain_bytes_ = rows.lines.size();
    lines_ = LineBlocks(bytes_of(std::move(rows.lines)), name_);
  }

  std::string name_;
  std::vector<RowField> fields_;
  LineBlocks lines_;
  std::optional<std::string> header_;
  char delimiter_ = ',';
  std::string results_;          ///< Where in a document the results stand that are the rows.
  std::size_t plain_bytes_ = 0;  ///< The size of the file, if its rows are not packed; otherwise 0.
};

}  // namespace

std::unique_ptr<OpenRows> open_rows(const std::filesystem::path& path, std::vector<RowField> fields,
                                    std::size_t first_row) {
  if (holds_arrays(path)) return open_array_rows(path, fields, first_row);
  return std::make_unique<TextRows>(path, std::move(fields));
}

}  // namespace modelgate
