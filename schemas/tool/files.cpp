#include "schemas/tool/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "schemas/tool/error.h"

namespace modelgate {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }
  int close() {
    const int result = number_ < 0 ? 0 : ::close(number_);
    number_ = -1;
    return result;
  }

 private:
  int number_;
};

void write_all(int descriptor, std::string_view content, const std::string& where) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) throw infrastructure_error(where, std::string("cannot write: ") + std::strerror(errno));
    content.remove_prefix(static_cast<std::size_t>(written));
  }
}

bool is_special(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) return true;
  // /dev/stdout may well lead to a regular file, but the name itself is a link of the system.
  const std::string name = path.lexically_normal().string();
  return name == "/dev/stdout" || name == "/dev/stderr" || name.starts_with("/dev/fd/") ||
         name.starts_with("/proc/");
}

void write_into(const std::filesystem::path& path, std::string_view content) {
  // Without O_NONBLOCK a pipe that nobody reads would wait for ever.
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (file.number() < 0)
    throw infrastructure_error(path.string(), std::string("cannot be written: ") + std::strerror(errno));
  ::fcntl(file.number(), F_SETFL, ::fcntl(file.number(), F_GETFL) & ~O_NONBLOCK);
  write_all(file.number(), content, path.string());
}

/// A new file in the folder of `path`, and its name.
std::pair<int, std::string> created_beside(const std::filesystem::path& path) {
  static std::atomic<unsigned> count{0};
  for (;;) {
    std::string beside = path.string() + "." + std::to_string(::getpid()) + "-" + std::to_string(count++);
    const int descriptor = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0) return {descriptor, std::move(beside)};
    if (errno != EEXIST)
      throw infrastructure_error(path.string(), std::string("cannot be written: ") + std::strerror(errno));
  }
}

}  // namespace

std::string read_file(const std::filesystem::path& path, std::uintmax_t limit) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.number() < 0)
    throw infrastructure_error(path.string(), std::string("cannot be opened: ") + std::strerror(errno));
  struct stat status {};
  if (::fstat(file.number(), &status) != 0 || !S_ISREG(status.st_mode))
    throw infrastructure_error(path.string(), "is not a regular file");
  if (static_cast<std::uintmax_t>(status.st_size) > limit)
    throw usage_error(path.string(),
                      "is larger than " + (limit < 1u << 20 ? std::to_string(limit) + " bytes"
                                                            : std::to_string(limit >> 20) + " MiB"));
  std::string content(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t filled = 0;
  while (filled < content.size()) {
    const ssize_t got = ::read(file.number(), content.data() + filled, content.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0)
      throw infrastructure_error(path.string(), std::string("cannot be read: ") + std::strerror(errno));
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  content.resize(filled);
  return content;
}

void write_file(const std::filesystem::path& path, std::string_view content) {
  namespace fs = std::filesystem;
  std::error_code failure;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), failure);
  if (failure)
    throw infrastructure_error(path.parent_path().string(), "cannot be created: " + failure.message());

  // A device or a pipe (--output /dev/stdout) is written to: to replace it by a file would destroy it.
  if (is_special(path)) return write_into(path, content);
  const auto [descriptor, beside] = created_beside(path);
  Descriptor file(descriptor);
  try {
    write_all(file.number(), content, path.string());
    if (::fsync(file.number()) != 0 || file.close() != 0 || ::rename(beside.c_str(), path.c_str()) != 0)
      throw infrastructure_error(path.string(), std::string("cannot be written: ") + std::strerror(errno));
  } catch (...) {
    ::unlink(beside.c_str());
    throw;
  }
}

void write_stdout(std::string_view content) { write_all(STDOUT_FILENO, content, "standard output"); }

bool is_lively_terminal(int descriptor) {
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  return ::isatty(descriptor) == 1 && (no_color == nullptr || *no_color == '\0') &&
         (term == nullptr || std::strcmp(term, "dumb") != 0);
}

}  // namespace modelgate
