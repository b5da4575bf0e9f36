#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "schemas/rows/row_request.h"
#include "schemas/rows/row_table.h"

namespace modelgate {

/// Reads rows of JSON, CSV or TSV, also packed by gzip or zstd, or a folder of part files, or standard input
/// ("-"). Fields that are not requested are ignored; repeated ids are kept, for the gate to report. Memory is
/// that of the columns, 8 bytes a row for ids and numbers and 4 for words, and some blocks of 1 MiB for each
/// thread. The result is the same for any number of threads (0: all cores). Errors: kind infrastructure if a
/// file cannot be read; kind usage with file:line for a row that is malformed, has no id, a field of the
/// wrong type or a field twice; for a file without rows; for an unknown name in `names`.
RowTable read_rows(const std::filesystem::path& path, const RowRequest& request, int threads = 0);

/// Where a row stands.
struct RowPlace {
  std::string place;  ///< "new.jsonl:7", without folders; of arrays "new.npz row 6", from 0.
  std::string id;     ///< As it is written.
};

/// Calls `visit` with the place of every row, in the order of the table, by reading the files again, as they
/// were asked for.
void visit_places(const std::filesystem::path& path, const RowRequest& request,
                  const std::function<void(const RowPlace&)>& visit);

/// Looks places up by reading the files again, as they were asked for: for messages. Of rows that are not
/// there any more the place is empty.
std::vector<RowPlace> places_of(const std::filesystem::path& path, const RowRequest& request,
                                const std::vector<std::size_t>& rows);

}  // namespace modelgate
