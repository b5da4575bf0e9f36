#include "gates/quality/rows/row_order.h"

#include <tbb/parallel_sort.h>

#include <algorithm>

namespace modelgate {

RowOrder::RowOrder(const KeyColumn& keys) : size_(keys.size()) {
  bool rises = true;
  for (std::size_t i = 1; i < size_ && rises; ++i) rises = keys[i - 1] < keys[i];
  if (rises) return;
  struct Entry {
    std::uint64_t key;
    std::uint32_t row;
    bool operator<(const Entry& other) const { return key != other.key ? key < other.key : row < other.row; }
  };
  Column<Entry> entries(size_);
  for (std::size_t i = 0; i < size_; ++i) entries[i] = {keys[i], static_cast<std::uint32_t>(i)};
  constexpr std::size_t few = 100'000;  // before threads have begun
  if (size_ < few)
    std::sort(entries.begin(), entries.end());
  else
    tbb::parallel_sort(entries.begin(), entries.end());
  rows_.resize(size_);
  for (std::size_t i = 0; i < size_; ++i) rows_[i] = entries[i].row;
}

}  // namespace modelgate
