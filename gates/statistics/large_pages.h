#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace modelgate {

/// Asks the kernel for large pages where memory will be that has not been touched: of hundreds of megabytes
/// the small ones take longer to come than the numbers to be computed. Changes nothing else, and may be
/// refused.
inline void prefer_large_pages(const void* memory, std::size_t bytes) {
  constexpr std::uintptr_t page = std::uintptr_t{2} << 20;
  const auto begin = (reinterpret_cast<std::uintptr_t>(memory) + page - 1) / page * page,
             end = (reinterpret_cast<std::uintptr_t>(memory) + bytes) / page * page;
  if (begin + 2 * page <= end) ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
}

/// Makes room in an empty vector, on large pages if it is much.
template <typename Value>
void reserve_many(std::vector<Value>& values, std::size_t count) {
  values.reserve(count);
  prefer_large_pages(values.data(), count * sizeof(Value));
}

/// A vector of so many values, all 0.
template <typename Value>
std::vector<Value> many_values(std::size_t count) {
  std::vector<Value> values;
  reserve_many(values, count);
  values.resize(count);
  return values;
}

}  // namespace modelgate
