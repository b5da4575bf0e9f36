#pragma once

#include <cstddef>
#include <new>
#include <string>
#include <vector>

namespace modelgate {

/// Where large columns lie. Those of all tables of a program count together.
struct ColumnMemory {
  std::size_t in_memory = 0;  ///< Bytes.
  std::size_t in_files = 0;   ///< Beyond the limit, in files without a name in TMPDIR (or /tmp).
};

/// How many bytes columns may take in memory from now on; what is more lies in files, which the kernel keeps
/// in memory only as far as nobody else needs it. Columns below 8 MiB do not count. To be called before there
/// are columns; without it there is no limit.
void limit_column_memory(std::size_t bytes);
ColumnMemory column_memory();

/// Memory of a large column, in huge pages where the kernel gives them, which saves most of the time that
/// first touching it takes. Errors: std::bad_alloc; kind infrastructure where the disk has no room beyond the
/// limit.
void* take_column_memory(std::size_t bytes);
void give_column_memory(void* memory, std::size_t bytes);

/// Memory for columns of millions of rows.
template <typename T>
struct ColumnAllocator {
  using value_type = T;

  ColumnAllocator() = default;
  template <typename U>
  ColumnAllocator(const ColumnAllocator<U>&) {}

  T* allocate(std::size_t count) {
    const std::size_t bytes = count * sizeof(T);
    return static_cast<T*>(bytes < large ? ::operator new(bytes) : take_column_memory(bytes));
  }
  void deallocate(T* memory, std::size_t count) {
    if (count * sizeof(T) < large)
      ::operator delete(memory);
    else
      give_column_memory(memory, count * sizeof(T));
  }
  template <typename U>
  bool operator==(const ColumnAllocator<U>&) const {
    return true;
  }

 private:
  static constexpr std::size_t large = std::size_t{8} << 20;
};

template <typename T>
using Column = std::vector<T, ColumnAllocator<T>>;

/// Long texts, one behind the other.
using ColumnText = std::basic_string<char, std::char_traits<char>, ColumnAllocator<char>>;

}  // namespace modelgate
