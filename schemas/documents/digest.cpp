#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

#include "schemas/documents/manifest.h"
#include "schemas/documents/sha256.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

FileEntry entry_of(const fs::path& file, const fs::path& folder) {
  FileEntry entry;
  entry.path = file.lexically_relative(folder).generic_string();
  if (!is_printable(entry.path) || entry.path.find('\\') != std::string::npos)
    throw usage_error(file.string(), "has a name that cannot be kept",
                      "Use UTF-8 without control characters and backslashes.");
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0 || !S_ISREG(status.st_mode))
    throw usage_error(file.string(), "is not a regular file", "Only files can be released.");
  entry.bytes = status.st_size;
  entry.executable = (status.st_mode & S_IXUSR) != 0;
  return entry;
}

}  // namespace

std::string digest_of_bytes(std::string_view bytes) {
  Sha256 sha;
  sha.add(bytes);
  return sha.text();
}

std::string digest_of_file(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0)
    throw infrastructure_error(path.string(), std::string("cannot be opened: ") + std::strerror(errno));
  const std::unique_ptr<const int, void (*)(const int*)> closing(&file,
                                                                 [](const int* number) { ::close(*number); });
  Sha256 sha;
  std::string buffer(1 << 18, '\0');
  for (;;) {
    const ssize_t got = ::read(file, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0)
      throw infrastructure_error(path.string(), std::string("cannot be read: ") + std::strerror(errno));
    if (got == 0) break;
    sha.add({buffer.data(), static_cast<std::size_t>(got)});
  }
  return sha.text();
}

std::vector<FileEntry> find_files(const fs::path& folder) {
  std::error_code failure;
  const fs::path root = fs::canonical(folder, failure);
  if (failure || !fs::is_directory(root))
    throw usage_error(folder.string(), failure ? "cannot be found" : "is not a folder");
  std::vector<FileEntry> entries;
  for (fs::recursive_directory_iterator walk(root, failure), end; !failure && walk != end;
       walk.increment(failure)) {
    if (walk.depth() > 32) throw usage_error(walk->path().string(), "lies more than 32 folders deep");
    if (walk->is_symlink()) {
      const fs::path target = fs::weakly_canonical(walk->path(), failure);
      const fs::path inside = target.lexically_relative(root);
      if (failure || inside.empty() || *inside.begin() == "..")
        throw usage_error(walk->path().string(), "is a link that leads out of the folder",
                          "Copy the file that it points to.");
      if (fs::is_directory(target))
        throw usage_error(walk->path().string(), "is a link to a folder", "Copy the folder.");
    }
    if (walk->is_directory() && !walk->is_symlink()) continue;
    entries.push_back(entry_of(walk->path(), root));
  }
  if (failure) throw infrastructure_error(folder.string(), "cannot be listed: " + failure.message());
  if (entries.empty())
    throw usage_error(folder.string(), "is empty", "It must hold the files that would be released.");
  std::sort(entries.begin(), entries.end(),
            [](const FileEntry& a, const FileEntry& b) { return a.path < b.path; });
  return entries;
}

std::vector<FileEntry> list_files(const fs::path& folder) {
  std::vector<FileEntry> entries = find_files(folder);
  for (FileEntry& entry : entries) entry.digest = digest_of_file(folder / entry.path);
  return entries;
}

std::string digest_of(const std::vector<FileEntry>& files) {
  std::string all;
  for (const FileEntry& entry : files)
    all += entry.digest + (entry.executable ? " x " : " - ") + entry.path + "\n";
  return digest_of_bytes(all);
}

bool is_safe_name(const std::string& name) {
  if (name.empty() || name.size() > 100 || name.front() == '.' || name.front() == '-') return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '+' || c == '-';
  });
}

}  // namespace modelgate
