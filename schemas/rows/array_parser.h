#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "schemas/rows/array_cells.h"
#include "schemas/rows/row_parser.h"

namespace modelgate {

/// A field and where its values lie: in one column, or for a text that is a list in all of them.
struct ArrayColumn {
  RowField field;
  std::vector<ArrayCells> cells;
  bool is_list = false;
};

/// Reads rows of columns of one length, which must outlive it; row i has the id `first_id` + i, if that is
/// given. Internal to schemas/rows.
std::unique_ptr<RowParser> array_parser(const std::vector<ArrayColumn>& columns,
                                        std::optional<std::size_t> first_id);

}  // namespace modelgate
