#pragma once

#include <deque>
#include <set>
#include <string>
#include <vector>

#include "gates/quality/rows/answer_file.h"
#include "gates/quality/slices/slice_text.h"

namespace modelgate {

/// A field that parts the rows, as both files have it: a word for each slice.
struct SliceColumn {
  SliceField field;
  std::string path;                      ///< What is read: "slices.lang", or "lang".
  const WordColumn* baseline = nullptr;  ///< Null in a first release.
  const WordColumn* candidate = nullptr;
};

/// Asks for what the slicings are by. A field `lang` is asked for as `slices.lang` and as `lang`: which it is
/// the rows tell.
void request_slices(const std::vector<Slicing>& slicings, RowRequest& request);

/// The columns of all fields that part the rows. `lang` means `slices.lang` if a single row of either file
/// has that, and then every row must; otherwise the field `lang` itself. `slices.lang` means nothing else.
/// The files must outlive this.
class SliceColumns {
 public:
  SliceColumns() = default;
  SliceColumns(const AnswerFile* baseline, const AnswerFile& candidate, const std::vector<Slicing>& slicings);
  SliceColumns(const SliceColumns&) = delete;
  SliceColumns& operator=(const SliceColumns&) = delete;

  const std::vector<SliceColumn>& all() const { return columns_; }
  const SliceColumn& of(const SliceField& field) const;

 private:
  const WordColumn* column_of(const AnswerFile& file, const std::string& path, const SliceField& field);

  std::vector<SliceColumn> columns_;
  std::deque<WordColumn> bins_;  ///< Made from numbers.
};

}  // namespace modelgate
