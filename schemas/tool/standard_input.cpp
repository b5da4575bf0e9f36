#include "schemas/tool/standard_input.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "schemas/tool/error.h"

namespace modelgate {
namespace {

constexpr char name[] = "standard input";
constexpr std::uint64_t most_bytes = std::uint64_t{64} << 30;

[[noreturn]] void fail(const std::string& what, const std::string& hint = "") {
  throw infrastructure_error(name, what + ": " + std::strerror(errno), hint);
}

std::string reopened(int descriptor) { return "/proc/self/fd/" + std::to_string(descriptor); }

/// A new file that no folder names.
int unnamed_file() {
  const char* const chosen = std::getenv("TMPDIR");
  const std::string folder = chosen == nullptr || *chosen == '\0' ? "/tmp" : chosen;
  int file = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL)) {
    std::string path = folder + "/modelgate-XXXXXX";
    file = ::mkostemp(path.data(), O_CLOEXEC);
    if (file >= 0) ::unlink(path.c_str());
  }
  if (file < 0) fail("cannot be kept in '" + folder + "'", "TMPDIR names the folder for it.");
  return file;
}

void write_all(int file, const char* bytes, std::size_t count) {
  while (count > 0) {
    const ssize_t written = ::write(file, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      const int failure = errno;
      ::close(file);
      errno = failure;
      fail("cannot be kept", "TMPDIR names a folder with more room for it; or name a file instead of '-'.");
    }
    bytes += written;
    count -= static_cast<std::size_t>(written);
  }
}

/// A regular file that stands at its beginning and can be opened again.
bool can_be_reopened(int descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return false;
  if (::lseek(descriptor, 0, SEEK_CUR) != 0) return false;
  const int again = ::open(reopened(descriptor).c_str(), O_RDONLY | O_CLOEXEC);
  if (again >= 0) ::close(again);
  return again >= 0;
}

}  // namespace

bool is_standard_input(const std::filesystem::path& path) { return path == "-"; }

std::string input_name(const std::filesystem::path& path) {
  return is_standard_input(path) ? name : path.string();
}

std::filesystem::path kept_input(int descriptor, std::uint64_t limit) {
  if (::fcntl(descriptor, F_GETFD) < 0) fail("cannot be read");
  if (can_be_reopened(descriptor)) return reopened(descriptor);
  const int file = unnamed_file();
  std::vector<char> buffer(std::size_t{1} << 20);
  for (std::uint64_t all = 0;;) {
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count == 0) return reopened(file);
    if (count < 0) {
      const int failure = errno;
      ::close(file);
      errno = failure;
      fail("cannot be read");
    }
    all += static_cast<std::uint64_t>(count);
    if (all > limit) {
      ::close(file);
      throw usage_error(name,
                        "is larger than " + (limit < 1u << 30 ? std::to_string(limit) + " bytes"
                                                              : std::to_string(limit >> 30) + " GiB"),
                        "Name a file instead of '-'.");
    }
    write_all(file, buffer.data(), static_cast<std::size_t>(count));
  }
}

std::filesystem::path readable_path(const std::filesystem::path& path) {
  if (!is_standard_input(path)) return path;
  static const std::filesystem::path kept = kept_input(STDIN_FILENO, most_bytes);
  return kept;
}

}  // namespace modelgate
