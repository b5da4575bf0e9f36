#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "schemas/rows/row_table.h"

namespace modelgate {

/// Tables of the same columns as one, as if their files had been read one behind the other.
class TableMerge {
 public:
  void add(RowTable more);
  RowTable table() &&;

 private:
  void add_keys(const RowTable& more);
  void add_words(std::size_t column, const WordColumn& more);

  RowTable table_;
  std::vector<std::unordered_map<std::string, std::uint32_t>> numbers_;  ///< Of words, from 1, by column.
  bool is_empty_ = true;
};

}  // namespace modelgate
