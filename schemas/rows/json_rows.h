#pragma once

#include <simdjson.h>

#include <string>
#include <string_view>
#include <vector>

#include "schemas/rows/row_block.h"

namespace modelgate {

/// Reads one row of JSON after the other by simdjson. Internal to schemas/rows.
class JsonRowReader {
 public:
  explicit JsonRowReader(const std::vector<RowField>& fields) : fields_(fields) {}

  /// Reads a line as a row of the block; behind it `readable` bytes can be read, itself included. False where
  /// it has a problem; then words() say which, and nothing was added.
  bool read(std::string_view line, std::size_t readable, RowBlock& block);

  const std::string& what() const { return what_; }
  const std::string& hint() const { return hint_; }

 private:
  using element = simdjson::dom::element;

  bool fail(std::string what, std::string hint = "");
  bool fail(const RowField& field, const std::string& what);
  bool parse(std::string_view line, std::size_t readable, element& row);
  bool take_all(const element& row, RowBlock& block);
  bool take_part(const RowField& field, const element& value, RowBlock& block);
  bool take(const RowField& field, const element& value, RowBlock& block);
  bool take_number(const RowField& field, const element& value, RowBlock& block);
  bool words_of(const RowField& field, const element& value, std::string_view& text);

  const std::vector<RowField>& fields_;
  simdjson::dom::parser parser_;
  std::string buffer_, number_, what_, hint_;
};

}  // namespace modelgate
