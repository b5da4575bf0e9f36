#include "schemas/rows/array_rows.h"

#include <algorithm>
#include <charconv>

#include "schemas/formats/array_file.h"
#include "schemas/rows/array_parser.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/standard_input.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

constexpr std::size_t rows_at_once = 1u << 16;

class ArrayRows : public OpenRows {
 public:
  ArrayRows(const std::filesystem::path& path, const std::vector<RowField>& fields, std::size_t first_id)
      : name_(input_name(path)),
        file_(path,
              [&](const std::string& name) {
                return std::any_of(fields.begin(), fields.end(), [&](const RowField& field) {
                  return field.role != FieldRole::digest &&
                         (field.path == name || field.parts.front() == name);
                });
              }),
        first_id_(first_id) {
    // An array "input" may be anything, pictures or objects of Python, and is not looked at.
    for (const RowField& field : fields)
      if (field.role != FieldRole::digest) add(field);
    if (columns_.empty()) fail_without_columns(fields);
    for (const ArrayColumn& column : columns_) {
      const std::size_t rows = column.cells.front().rows();
      if (rows != columns_.front().cells.front().rows())
        throw usage_error(name_, "holds arrays of different lengths: '" + beginning(columns_[0].field.path) +
                                     "' of " + std::to_string(columns_[0].cells.front().rows()) + " and '" +
                                     beginning(column.field.path) + "' of " + std::to_string(rows));
      has_ids_ = has_ids_ || column.field.role == FieldRole::id;
    }
    rows_ = columns_.front().cells.front().rows();
  }

  bool next(LineBlock& block) override {
    if (next_row_ == rows_) return false;
    block.size = 0;
    block.first_row = next_row_;
    block.rows = std::min(rows_at_once, rows_ - next_row_);
    next_row_ += block.rows;
    return true;
  }
  std::unique_ptr<RowParser> parser() const override {
    return array_parser(columns_, has_ids_ ? std::nullopt : std::optional(first_id_));
  }
  std::size_t expected_rows(const LineBlock&) const override { return rows_; }
  double share_read() const override { return static_cast<double>(next_row_) / static_cast<double>(rows_); }
  std::int64_t first_line() const override { return 0; }
  std::string place(const std::string& name, std::int64_t line) const override {
    return name + " row " + std::to_string(line);
  }

 private:
  [[noreturn]] void fail_without_columns(const std::vector<RowField>& fields) const {
    std::vector<std::string> asked;
    for (const RowField& field : fields)
      if (field.role != FieldRole::digest) asked.push_back(beginning(field.path));
    std::vector<std::string> held;
    for (const std::string& name : file_.names())
      if (held.size() < 10) held.push_back(beginning(name));
    throw usage_error(name_, "holds none of the arrays " + beginning(listing(asked), 200),
                      held.empty() ? "It holds no array." : "It holds " + listing(held) + ".");
  }

  const ArrayView* find(const std::string& name) const {
    for (const ArrayView& array : file_.arrays())
      if (array.name == name) return &array;
    return nullptr;
  }

  /// The column of an array of two dimensions that a path names: "scores.1".
  static std::optional<std::size_t> column_of(const RowField& field, const ArrayView& array) {
    std::size_t column = 0;
    const std::string& name = field.parts[1];
    const auto [end, failure] = std::from_chars(name.data(), name.data() + name.size(), column);
    if (failure != std::errc() || end != name.data() + name.size() || array.shape.size() != 2 ||
        column >= static_cast<std::size_t>(array.shape[1]))
      return std::nullopt;
    return column;
  }

  void add(const RowField& field) {
    const ArrayView *const array = find(field.path), *const table = field.parts.size() > 1
                                                                        ? find(field.parts.front())
                                                                        : nullptr;
    const std::optional<std::size_t> part = table == nullptr ? std::nullopt : column_of(field, *table);
    if (array != nullptr && part)
      throw usage_error(name_, "holds '" + beginning(field.path) + "' twice: as an array, and in '" +
                                   beginning(table->name) + "'");
    if (array == nullptr && !part) return;
    const ArrayView& found = array == nullptr ? *table : *array;
    const auto refuse = [&](const std::string& what) {
      throw usage_error(name_, "holds '" + beginning(found.name) + "' " + what);
    };
    if (found.type == ElementType::unreadable)
      refuse("of dtype '" + beginning(found.dtype) + "', which is not read");
    const std::size_t dimensions = found.shape.size();
    ArrayColumn column{field, {}, !part && dimensions == 2 && field.role == FieldRole::text};
    if (!part && !column.is_list && dimensions != 1 && !(dimensions == 2 && found.shape[1] == 1))
      refuse("with " + std::to_string(dimensions) + " dimensions, where a value for each row is needed");
    // So that nothing that takes no room can stand for any number of rows.
    if (found.shape[0] > 0 && found.bytes.empty()) refuse("of elements without bytes");
    if (column.is_list)
      for (std::size_t i = 0; i < static_cast<std::size_t>(found.shape[1]); ++i)
        column.cells.emplace_back(found, i);
    else
      column.cells.emplace_back(found, part.value_or(0));
    columns_.push_back(std::move(column));
  }

  std::string name_;
  ArrayFile file_;
  std::vector<ArrayColumn> columns_;
  bool has_ids_ = false;
  std::size_t first_id_ = 0, rows_ = 0, next_row_ = 0;
};

}  // namespace

bool holds_arrays(const std::filesystem::path& path) {
  return array_format(MappedFile(path).text()).has_value();
}

std::unique_ptr<OpenRows> open_array_rows(const std::filesystem::path& path,
                                          const std::vector<RowField>& fields, std::size_t first_row) {
  return std::make_unique<ArrayRows>(path, fields, first_row);
}

}  // namespace modelgate
