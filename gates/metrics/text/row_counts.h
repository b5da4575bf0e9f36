#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace modelgate {

/// What a corpus metric needs to know of one row, or of the sum of many: whole numbers, so that sums are the
/// same in any order, and a resample of rows is a sum of some of them, some twice.
template <std::size_t N>
using RowCounts = std::array<std::int64_t, N>;

/// Adds a row, or a row that was drawn several times.
template <std::size_t N>
void add(RowCounts<N>& sum, const RowCounts<N>& row, std::int64_t times = 1) {
  for (std::size_t i = 0; i < N; ++i) sum[i] += row[i] * times;
}

}  // namespace modelgate
