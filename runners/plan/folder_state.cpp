#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <fstream>

#include "runners/plan/candidate.h"
#include "runners/process/process.h"
#include "schemas/documents/manifest.h"
#include "schemas/documents/sha256.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

/// The digest of a file that may be large: an interrupt ends the reading.
std::string digest_of_large_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file)
    throw infrastructure_error(path.string(), std::string("cannot be read: ") + std::strerror(errno));
  Sha256 sha;
  std::string buffer(1 << 20, '\0');
  while (file) {
    if (interrupted()) throw infrastructure_error("", "interrupted while reading " + path.string());
    file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    sha.add({buffer.data(), static_cast<std::size_t>(file.gcount())});
  }
  if (file.bad()) throw infrastructure_error(path.string(), "cannot be read");
  return sha.text();
}

std::string digest_of_folder(const fs::path& folder) {
  std::vector<FileEntry> files = find_files(folder);
  for (FileEntry& file : files) file.digest = digest_of_large_file(folder / file.path);
  return digest_of(files);
}

struct stat status_of(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0)
    throw infrastructure_error(path.string(),
                               std::string("cannot be found any more: ") + std::strerror(errno));
  return status;
}

}  // namespace

FolderState::FolderState(fs::path folder) : folder_(std::move(folder)) {
  traces_ = traces();
  // The clock that files' times are taken from is coarse. A file that was written just now could be written
  // again without a trace.
  for (const FileEntry& file : find_files(folder_))
    if (std::time(nullptr) - status_of(folder_ / file.path).st_ctim.tv_sec < 2) times_can_tell_ = false;
  digest_ = digest_of_folder(folder_);
}

FolderState::Traces FolderState::traces() const {
  Traces all;
  for (const FileEntry& file : find_files(folder_)) {
    const struct stat status = status_of(folder_ / file.path);
    std::string& trace = all[file.path];
    for (const std::int64_t number :
         {static_cast<std::int64_t>(status.st_dev), static_cast<std::int64_t>(status.st_ino),
          static_cast<std::int64_t>(status.st_mode), std::int64_t{status.st_size},
          std::int64_t{status.st_mtim.tv_sec}, std::int64_t{status.st_mtim.tv_nsec},
          std::int64_t{status.st_ctim.tv_sec}, std::int64_t{status.st_ctim.tv_nsec}})
      trace += std::to_string(number) + ' ';
  }
  return all;
}

bool FolderState::is_unchanged() const {
  try {
    if (times_can_tell_ && traces() == traces_) return true;
    // Touched, but perhaps not changed.
    return digest_of_folder(folder_) == digest_;
  } catch (const Error&) {
    if (interrupted()) throw;
    return false;
  }
}

}  // namespace modelgate
