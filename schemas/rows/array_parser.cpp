#include "schemas/rows/array_parser.h"

#include <algorithm>
#include <cmath>

#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

/// A text in quotes, as JSON has it.
void append_quoted(std::string& json, const std::string& text) {
  constexpr char digits[] = "0123456789abcdef";
  json += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') json += '\\';
    if (static_cast<unsigned char>(c) < 0x20) {
      json += "\\u00";
      json += digits[c >> 4];
      json += digits[c & 15];
    } else {
      json += c;
    }
  }
  json += '"';
}

class ArrayParser : public RowParser {
 public:
  ArrayParser(const std::vector<ArrayColumn>& columns, std::optional<std::size_t> first_id)
      : columns_(columns), first_id_(first_id) {}

  void parse(const LineBlock& lines, RowBlock& block) override {
    for (std::size_t row = lines.first_row; row < lines.first_row + lines.rows; ++row) {
      block.begin_row();
      if (!read(row, block) || !is_closed(block)) {
        block.drop_row();
        block.problem = {block.lines, what_, hint_};
        return;
      }
      ++block.lines;
    }
  }

 private:
  bool fail(std::string what, std::string hint = "") {
    what_ = std::move(what);
    hint_ = std::move(hint);
    return false;
  }
  bool fail(const RowField& field, const std::string& what) {
    return fail("'" + beginning(field.name) + "' " + what);
  }

  bool is_closed(RowBlock& block) {
    return block.end_row() || fail("has no id", "Every row needs one, a text or a whole number.");
  }

  bool read(std::size_t row, RowBlock& block) {
    if (first_id_) block.id(*first_id_ + row);
    return std::all_of(columns_.begin(), columns_.end(),
                       [&](const ArrayColumn& column) { return take(column, row, block); });
  }

  bool take(const ArrayColumn& column, std::size_t row, RowBlock& block) {
    const RowField& field = column.field;
    const ArrayCells& cells = column.cells.front();
    if (column.is_list) return take_list(column, row, block);
    switch (field.role) {
      case FieldRole::number:
        return take_number(field, cells, row, block);
      case FieldRole::sample: {
        const std::optional<std::int64_t> number = cells.is_whole() ? cells.whole(row) : std::nullopt;
        if (!number) return fail(field, "must be a whole number");
        block.sample(*number);
        return true;
      }
      case FieldRole::error:
        return take_error(field, cells, row, block);
      case FieldRole::id:
        if (!cells.is_whole() && !cells.is_text()) return fail("'id' must be text or a whole number");
        break;
      default:
        break;
    }
    if (!cells.text(row, text_))
      return fail(field, cells.is_text() ? "holds characters that are none" : "is not finite");
    if (text_.empty()) return true;
    give_text(field, text_, block);
    return true;
  }

  bool take_number(const RowField& field, const ArrayCells& cells, std::size_t row, RowBlock& block) {
    if (cells.is_text()) return fail(field, "must be a number");
    const double number = cells.number(row);
    if (!std::isfinite(number)) return fail(field, "is not finite");
    block.number(field.column, number);
    return true;
  }

  bool take_error(const RowField& field, const ArrayCells& cells, std::size_t row, RowBlock& block) {
    if (cells.is_boolean()) {
      if (cells.number(row) != 0) block.error("failed");
      return true;
    }
    if (!cells.is_text()) return fail(field, "must be text or a boolean");
    if (!cells.text(row, text_)) return fail(field, "holds characters that are none");
    if (!text_.empty()) block.error(text_);
    return true;
  }

  bool take_list(const ArrayColumn& column, std::size_t row, RowBlock& block) {
    list_ = "[";
    for (const ArrayCells& cells : column.cells) {
      if (!cells.text(row, text_))
        return fail(column.field, cells.is_text() ? "holds characters that are none" : "is not finite");
      if (list_.size() > 1) list_ += ',';
      if (cells.is_text())
        append_quoted(list_, text_);
      else
        list_ += text_;
    }
    block.text(column.field.column, list_ + "]");
    return true;
  }

  const std::vector<ArrayColumn>& columns_;
  std::optional<std::size_t> first_id_;
  std::string text_, list_, what_, hint_;
};

}  // namespace

std::unique_ptr<RowParser> array_parser(const std::vector<ArrayColumn>& columns,
                                        std::optional<std::size_t> first_id) {
  return std::make_unique<ArrayParser>(columns, first_id);
}

}  // namespace modelgate
