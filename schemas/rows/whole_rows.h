#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "schemas/rows/row_request.h"

namespace modelgate {

/// A row with all of its fields, as it is written.
struct WholeRow {
  struct Field {
    std::string name;   ///< In the file.
    std::string value;  ///< As JSON, on one line; what is redacted is masked.

    bool operator==(const Field&) const = default;
  };
  std::vector<Field> fields;       ///< In the file's order. A field that is there twice is shown once.
  std::set<std::string> redacted;  ///< Those of request.redacted that hid something.

  /// The value of a field; empty if there is none.
  std::string value_of(const std::string& name) const;
};

/// Which row is wanted, and the key that it had when it was read first.
struct WantedRow {
  std::size_t row = 0;
  std::uint64_t key = 0;
};

/// Reads the files of read_rows() again, for the whole of some rows: those of text (JSON, CSV, TSV). Of CSV
/// every value is a text. None for a row that is not there any more, or not as text. What is larger than
/// 256 KiB a row is left out. Errors: those of open_bytes().
std::vector<std::optional<WholeRow>> whole_rows_of(const std::filesystem::path& path,
                                                   const RowRequest& request,
                                                   const std::vector<WantedRow>& wanted);

}  // namespace modelgate
