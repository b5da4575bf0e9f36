#pragma once

#include <functional>

#include "gates/quality/partial/packed_bytes.h"
#include "gates/quality/rows/answer_file.h"
#include "schemas/rows/read_rows.h"

namespace modelgate {

// The rows of one side in a partial state: where they stand, and what is in their columns, apart from each
// other, so that places are found without reading the columns.

/// The ids and places of a file's rows, which is read again for them.
void write_places(const AnswerFile& file, PackedWriter& writer);
/// Calls `visit` with each, in order. Returns how many there are.
std::size_t read_places(PackedReader& reader, const std::function<void(const RowPlace&)>& visit);

void write_columns(const RowTable& table, PackedWriter& writer);
/// The columns of rows with these ids. Their numbers are those of the request.
RowTable read_columns(PackedReader& reader, const RowRequest& request, KeyColumn ids);

}  // namespace modelgate
