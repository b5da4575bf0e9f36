#include "gates/baseline/folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

#include "schemas/tool/error.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& path, const std::string& what, int error) {
  throw infrastructure_error(path.string(), what + ": " + std::strerror(error));
}

[[noreturn]] void refuse_kind(const fs::path& path, const std::string& wanted, int folder, const char* name) {
  struct stat status {};
  const bool link = ::fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode);
  throw infrastructure_error(path.string(),
                             link ? "is a link, which nothing in a store may be" : "is not a " + wanted);
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    close();
    number_ = other.number_;
    other.number_ = -1;
  }
  return *this;
}

bool Descriptor::close() {
  const int result = number_ < 0 ? 0 : ::close(number_);
  number_ = -1;
  return result == 0;
}

std::size_t read_some(const Descriptor& file, char* buffer, std::size_t size, const fs::path& path) {
  std::size_t filled = 0;
  while (filled < size) {
    const ssize_t got = ::read(file.number(), buffer + filled, size - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) refuse(path, "cannot be read", errno);
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  return filled;
}

void write_all(const Descriptor& file, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.number(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) refuse(path, "cannot be written", written < 0 ? errno : ENOSPC);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::optional<Folder> Folder::find(const fs::path& path) {
  Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.is_open()) return Folder(std::move(folder), path);
  if (errno == ENOENT) return std::nullopt;
  if (errno == ENOTDIR) throw infrastructure_error(path.string(), "is not a folder");
  refuse(path, "cannot be opened", errno);
}

Folder Folder::create(const fs::path& path) {
  std::error_code failure;
  fs::create_directories(path, failure);
  if (failure) throw infrastructure_error(path.string(), "cannot be created: " + failure.message());
  std::optional<Folder> folder = find(path);
  if (!folder) refuse(path, "cannot be opened", ENOENT);
  return std::move(*folder);
}

std::optional<Folder> Folder::folder(const std::string& name) const {
  const fs::path path = path_ / name;
  Descriptor found(::openat(number(), name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (found.is_open()) return Folder(std::move(found), path);
  if (errno == ENOENT) return std::nullopt;
  if (errno == ENOTDIR || errno == ELOOP) refuse_kind(path, "folder", number(), name.c_str());
  refuse(path, "cannot be opened", errno);
}

Folder Folder::created_folder(const std::string& name) const {
  const bool is_new = ::mkdirat(number(), name.c_str(), 0777) == 0;
  if (!is_new && errno != EEXIST) refuse(path_ / name, "cannot be created", errno);
  if (is_new) sync();
  std::optional<Folder> created = folder(name);
  if (!created) refuse(path_ / name, "cannot be opened", ENOENT);
  return std::move(*created);
}

std::optional<Descriptor> Folder::file(const std::string& name) const {
  // Without O_NONBLOCK a pipe that was put in a file's place would make us wait for ever.
  Descriptor found(::openat(number(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  const int error = errno;
  struct stat status {};
  if (found.is_open() && ::fstat(found.number(), &status) == 0 && S_ISREG(status.st_mode)) return found;
  if (!found.is_open() && error == ENOENT) return std::nullopt;
  if (found.is_open() || error == ELOOP || error == ENXIO)
    refuse_kind(path_ / name, "regular file", number(), name.c_str());
  refuse(path_ / name, "cannot be opened", error);
}

bool Folder::has(const std::string& name) const {
  struct stat status {};
  return ::fstatat(number(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
}

void Folder::remove(const std::string& name) const {
  if (::unlinkat(number(), name.c_str(), 0) != 0 && errno != ENOENT)
    refuse(path_ / name, "cannot be removed", errno);
}

std::vector<std::string> Folder::names() const {
  const int again = ::openat(number(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const std::unique_ptr<DIR, int (*)(DIR*)> listing(again < 0 ? nullptr : ::fdopendir(again), ::closedir);
  if (!listing) {
    if (again >= 0) ::close(again);
    refuse(path_, "cannot be listed", errno);
  }
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* entry = ::readdir(listing.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  if (errno != 0) refuse(path_, "cannot be listed", errno);
  std::sort(names.begin(), names.end());
  return names;
}

void Folder::sync() const {
  // Some file systems cannot sync a folder and say so with EINVAL.
  if (::fsync(number()) != 0 && errno != EINVAL) refuse(path_, "cannot be written", errno);
}

std::optional<std::string> read_text(const Folder& folder, const std::string& name) {
  const std::optional<Descriptor> file = folder.file(name);
  if (!file) return std::nullopt;
  const fs::path path = folder.path() / name;
  struct stat status {};
  if (::fstat(file->number(), &status) != 0) refuse(path, "cannot be read", errno);
  if (static_cast<std::uintmax_t>(status.st_size) > maximum_document_bytes)
    throw infrastructure_error(path.string(), "is too large for a document");
  std::string text(static_cast<std::size_t>(status.st_size), '\0');
  text.resize(read_some(*file, text.data(), text.size(), path));
  return text;
}

}  // namespace modelgate
