#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "gates/quality/rows/answers.h"
#include "gates/quality/slices/slice_columns.h"

namespace modelgate {

/// How many rows of each slice were left out because they carry an error in one of the files. A row is of
/// the slice that either file names.
class LostRows {
 public:
  LostRows(const Answers& answers, const SliceColumns& columns, const Slicing& slicing);

  /// Of that slice, which is then taken out.
  std::int64_t take(const std::map<std::string, std::string>& slice);
  /// Of the slices that were not taken out.
  const std::map<std::map<std::string, std::string>, std::int64_t>& left() const { return counts_; }
  /// Those of which neither file names the slice.
  std::int64_t unknown() const { return unknown_; }

 private:
  std::map<std::map<std::string, std::string>, std::int64_t> counts_;
  std::int64_t unknown_ = 0;
};

}  // namespace modelgate
