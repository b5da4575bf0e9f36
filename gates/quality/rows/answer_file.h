#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "schemas/rows/read_rows.h"
#include "schemas/rows/row_request.h"
#include "schemas/rows/row_table.h"

namespace modelgate {

/// The rows of one file, with what was asked of them.
struct AnswerFile {
  std::filesystem::path path;
  RowRequest request;
  RowTable table;
  /// Numbers of rows at which they may be judged; the rows then stand in the order in which they were taken.
  std::vector<std::int64_t> looks = {};
  std::string test_set = {};  ///< "sha256:…" of the examples that were answered; empty if it is not known.
  /// Where rows stand, if it is not `path` that holds them.
  std::function<std::vector<RowPlace>(const std::vector<std::size_t>& rows)> find_places = {};

  /// The column of a requested field.
  const WordColumn& words(const std::string& field) const;
  const NumberColumn& numbers(const std::string& field) const;
  const TextColumn& texts(const std::string& field) const;
};

/// Reads a file of rows. Errors: those of read_rows(); kind usage for 2^32 rows and more.
AnswerFile read_answer_file(const std::filesystem::path& path, const RowRequest& request, int threads);

}  // namespace modelgate
