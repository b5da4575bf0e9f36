#include "schemas/formats/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "schemas/tool/error.h"
#include "schemas/tool/standard_input.h"

namespace modelgate {
namespace {

/// MAP_FAILED if it cannot be mapped.
void* mapped(int file, std::size_t size) {
  // The file lies over the beginning of a larger mapping, whose last page is what may be read behind it.
  void* const whole =
      ::mmap(nullptr, size + MappedFile::padding, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (whole == MAP_FAILED) return whole;
  if (::mmap(whole, size, PROT_READ, MAP_PRIVATE | MAP_FIXED, file, 0) != MAP_FAILED) return whole;
  const int failure = errno;
  ::munmap(whole, size + MappedFile::padding);
  errno = failure;
  return MAP_FAILED;
}

}  // namespace

MappedFile::MappedFile(const std::filesystem::path& path) {
  const std::string name = input_name(path);
  const int file = ::open(readable_path(path).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) throw infrastructure_error(name, std::string("cannot be opened: ") + std::strerror(errno));
  struct stat status {};
  if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(file);
    throw infrastructure_error(name, "is not a regular file");
  }
  size_ = static_cast<std::size_t>(status.st_size);
  if (size_ > 0) start_ = mapped(file, size_);
  const int failure = errno;
  ::close(file);
  if (start_ == MAP_FAILED) {
    start_ = nullptr;
    throw infrastructure_error(name, std::string("cannot be mapped: ") + std::strerror(failure));
  }
}

MappedFile::~MappedFile() {
  if (start_ != nullptr) ::munmap(start_, size_ + padding);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : start_(std::exchange(other.start_, nullptr)), size_(std::exchange(other.size_, 0)) {}

}  // namespace modelgate
