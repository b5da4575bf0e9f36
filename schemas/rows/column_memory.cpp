#include "schemas/rows/column_memory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <limits>
#include <mutex>
#include <unordered_set>

#include "schemas/tool/error.h"

namespace modelgate {
namespace {

constexpr std::size_t huge_page = std::size_t{2} << 20;

std::size_t whole_pages(std::size_t bytes) { return (bytes + huge_page - 1) / huge_page * huge_page; }

/// What was taken. Few columns are large, so that a lock costs nothing.
struct Ledger {
  std::mutex mutex;
  std::size_t limit = std::numeric_limits<std::size_t>::max();
  ColumnMemory taken;
  std::unordered_set<void*> mapped;
};

Ledger& ledger() {
  static Ledger all;
  return all;
}

class TemporaryFile {
 public:
  explicit TemporaryFile(std::size_t bytes) {
    const char* const named = std::getenv("TMPDIR");
    const std::string folder = named != nullptr && *named != '\0' ? named : "/tmp";
    file_ = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file_ < 0) refuse(folder, errno);
    // Room that is not there must be seen now, and not when a page is written.
    if (const int failure = ::posix_fallocate(file_, 0, static_cast<off_t>(bytes)); failure != 0) {
      ::close(file_);
      refuse(folder, failure);
    }
  }
  ~TemporaryFile() { ::close(file_); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  int descriptor() const { return file_; }

 private:
  [[noreturn]] static void refuse(const std::string& folder, int failure) {
    throw infrastructure_error(
        folder,
        std::string("columns beyond the limit of memory cannot be kept there: ") + std::strerror(failure),
        "Let TMPDIR name a folder with room, or raise the limit.");
  }
  int file_ = -1;
};

void* mapped_memory(std::size_t bytes) {
  const TemporaryFile file(bytes);
  void* const memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file.descriptor(), 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  return memory;
}

void* plain_memory(std::size_t bytes) {
  void* const memory = std::aligned_alloc(huge_page, bytes);
  if (memory == nullptr) throw std::bad_alloc();
  ::madvise(memory, bytes, MADV_HUGEPAGE);
  return memory;
}

}  // namespace

void limit_column_memory(std::size_t bytes) {
  const std::lock_guard lock(ledger().mutex);
  ledger().limit = bytes;
}

ColumnMemory column_memory() {
  const std::lock_guard lock(ledger().mutex);
  return ledger().taken;
}

void* take_column_memory(std::size_t bytes) {
  const std::size_t whole = whole_pages(bytes);
  Ledger& all = ledger();
  const std::lock_guard lock(all.mutex);
  if (all.taken.in_memory + whole <= all.limit) {
    void* const memory = plain_memory(whole);
    all.taken.in_memory += whole;
    return memory;
  }
  void* const memory = mapped_memory(whole);
  all.mapped.insert(memory);
  all.taken.in_files += whole;
  return memory;
}

void give_column_memory(void* memory, std::size_t bytes) {
  const std::size_t whole = whole_pages(bytes);
  Ledger& all = ledger();
  const std::lock_guard lock(all.mutex);
  if (all.mapped.erase(memory) > 0) {
    ::munmap(memory, whole);
    all.taken.in_files -= whole;
  } else {
    std::free(memory);
    all.taken.in_memory -= whole;
  }
}

}  // namespace modelgate
