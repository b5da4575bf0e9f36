#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gates/quality/rows/row_sample.h"
#include "gates/quality/slices/slice_columns.h"

namespace modelgate {

/// A slice as the verdict names it: {"lang": "zh"}.
using SliceName = std::map<std::string, std::string>;

/// "lang=zh, channel=web"
std::string in_words(const SliceName& slice);

/// The rows of a slice.
struct Slice {
  SliceName name;  ///< Empty: all rows.
  std::shared_ptr<const RowSample> rows;
  std::int64_t lost = 0;  ///< Rows more that carry an error instead of an answer.
  /// The small slices that are judged as this one, with the number of their rows.
  std::vector<std::pair<SliceName, std::int64_t>> together;
};

/// How slices with few rows are judged.
struct SmallSlices {
  std::int64_t minimum = 30;  ///< Fewer rows are few.
  bool pooled = false;        ///< All of one slicing together, as "(others)"; otherwise each by itself.
};

/// The rows of all slices, found once for all checks that are by the same fields.
class Slices {
 public:
  Slices(const Answers& answers, const SliceColumns& columns, const SmallSlices& small);

  const Slice& whole() const { return whole_; }
  /// In the order of the values; of bins in the bins' order. Small ones that are judged together come last.
  const std::vector<Slice>& by(const Slicing& slicing);
  /// Each slice by itself, whatever its size.
  const std::vector<Slice>& each_by(const Slicing& slicing);
  /// Those of which every row carries an error: without rows.
  const std::vector<Slice>& lost_by(const Slicing& slicing);
  /// Rows with an error of which neither file says the slice.
  std::int64_t unknown_by(const Slicing& slicing);

 private:
  struct Parted {
    std::vector<Slice> each, judged, lost;
    std::int64_t unknown = 0;
  };
  const Parted& parted(const Slicing& slicing);
  Parted part(const Slicing& slicing) const;

  const Answers& answers_;
  const SliceColumns& columns_;
  SmallSlices small_;
  Slice whole_;
  std::deque<std::pair<Slicing, Parted>> parted_;  ///< Which do not move.
};

}  // namespace modelgate
