#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "schemas/rows/row_columns.h"
#include "schemas/rows/row_request.h"

namespace modelgate {

/// A row without an answer.
struct FailedRow {
  std::size_t row = 0;
  std::string reason;  ///< Its `error`; kept of the first of a file only.
};

/// The rows of a file, column by column, in the file's order.
struct RowTable {
  std::string name;               ///< What messages call the file.
  KeyColumn keys;                 ///< Of id and sample, see row_key.h.
  KeyColumn ids;                  ///< Of the id alone; empty if no row has a sample.
  KeyColumn clusters;             ///< Empty if no row has one; otherwise every row has.
  std::vector<FailedRow> failed;  ///< Rising.
  std::vector<WordColumn> words;  ///< As requested.
  std::vector<NumberColumn> numbers;
  std::vector<TextColumn> texts;
  std::vector<DigestColumn> digests = {};

  std::size_t size() const { return keys.size(); }
  /// The key of a row's id.
  std::uint64_t id(std::size_t row) const { return ids.empty() ? keys[row] : ids[row]; }
};

}  // namespace modelgate
