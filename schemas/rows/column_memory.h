#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <new>
#include <vector>

namespace modelgate {

/// Memory for columns of millions of rows: in huge pages where the kernel gives them, which saves most of the
/// time that first touching it takes.
template <typename T>
struct ColumnAllocator {
  using value_type = T;

  ColumnAllocator() = default;
  template <typename U>
  ColumnAllocator(const ColumnAllocator<U>&) {}

  T* allocate(std::size_t count) {
    const std::size_t bytes = count * sizeof(T);
    if (bytes < 4 * huge_page) return static_cast<T*>(::operator new(bytes));
    const std::size_t whole = (bytes + huge_page - 1) / huge_page * huge_page;
    void* const memory = std::aligned_alloc(huge_page, whole);
    if (memory == nullptr) throw std::bad_alloc();
    ::madvise(memory, whole, MADV_HUGEPAGE);
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, std::size_t count) {
    if (count * sizeof(T) < 4 * huge_page)
      ::operator delete(memory);
    else
      std::free(memory);
  }
  template <typename U>
  bool operator==(const ColumnAllocator<U>&) const {
    return true;
  }

 private:
  static constexpr std::size_t huge_page = std::size_t{2} << 20;
};

template <typename T>
using Column = std::vector<T, ColumnAllocator<T>>;

}  // namespace modelgate
