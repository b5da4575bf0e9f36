#pragma once

#include <cstdint>

#include "schemas/rows/row_table.h"

namespace modelgate {

/// The rows of a table by rising key. Rows that stand so in the file need no memory.
class RowOrder {
 public:
  explicit RowOrder(const KeyColumn& keys);

  std::size_t size() const { return size_; }
  /// Whether the file's order is that of the keys, each once.
  bool is_file_order() const { return rows_.empty(); }
  std::uint32_t operator[](std::size_t i) const {
    return rows_.empty() ? static_cast<std::uint32_t>(i) : rows_[i];
  }

 private:
  std::size_t size_;
  Column<std::uint32_t> rows_;
};

}  // namespace modelgate
