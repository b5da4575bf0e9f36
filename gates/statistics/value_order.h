#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace modelgate {

/// A row at its place in an order of values.
struct PlacedRow {
  std::uint64_t key = 0;  ///< Orders as the value does; equal for equal values (−0 is 0) and for no others.
  std::uint32_t row = 0;
  std::uint32_t mark = 0;  ///< What the caller wants to have at hand, without looking it up by row.
};

/// Rows in rising order of their values, equal values in the order of rows; O(n), on so many threads (0: all
/// cores), with the same result for any number. `marks` has one for each value, or is empty.
/// Errors (std::invalid_argument): NaN or infinite values, 2^31 of them or more.
std::vector<PlacedRow> rising_order(std::span<const double> values, std::span<const std::uint8_t> marks = {},
                                    int threads = 1);

}  // namespace modelgate
