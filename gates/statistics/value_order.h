#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace modelgate {

/// A row at its place in an order of values.
struct PlacedRow {
  std::uint32_t row = 0;
  std::uint32_t group : 31 = 0;  ///< Of equal values (−0 is 0), numbered from 0 by rising value.
  std::uint32_t mark : 1 = 0;    ///< The row's mark, at hand without looking it up.
};

/// Rows in rising order of their values, equal values in the order of rows; O(n), on so many threads (0: all
/// cores), with the same result for any number. `marks` has a 0 or another number (which marks) for each
/// value, or is empty.
/// Errors (std::invalid_argument): NaN or infinite values, 2^31 of them or more.
std::vector<PlacedRow> rising_order(std::span<const double> values, std::span<const std::uint8_t> marks = {},
                                    int threads = 1);

}  // namespace modelgate
