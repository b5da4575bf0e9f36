#include "gates/baseline/checkout.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <exception>
#include <functional>
#include <system_error>
#include <thread>

#include "schemas/tool/error.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

bool is_digest_of_a_version(const Store& store, const std::string& digest) {
  for (const Version& version : store.versions())
    if (const auto manifest = store.manifest(version.stage, version.name);
        manifest && manifest->digest == digest)
      return true;
  return false;
}

/// Whether there is an earlier checkout to remove: what nobody changed is in the store. Refuses a folder
/// whose content would be lost.
bool holds_old_checkout(const Store& store, const fs::path& folder) {
  std::error_code failure;
  const fs::file_status status = fs::symlink_status(folder, failure);
  if (!fs::exists(status)) return false;
  const std::string hint = "Name a folder that does not exist yet.";
  if (!fs::is_directory(status)) throw usage_error(folder.string(), "exists and is not a folder", hint);
  if (fs::is_empty(folder, failure) && !failure) return false;
  bool ours = false;
  try {
    ours = is_digest_of_a_version(store, digest_of(list_files(folder)));
  } catch (const Error&) {
    // Holds what no release can hold.
  } catch (const fs::filesystem_error&) {
    // Cannot even be looked into.
  }
  if (!ours)
    throw usage_error(folder.string(),
                      "exists and holds something else than an unchanged version of this store", hint);
  return true;
}

/// A folder beside `target` that becomes it in the end. Its name says whose it is, so that what a killed
/// process left is removed by the next one; a lock on it keeps two apart that check out to the same place.
class Scaffold {
 public:
  explicit Scaffold(const fs::path& target)
      : target_(target),
        path_(target.parent_path() / ("." + target.filename().string() + ".modelgate-checkout")) {
    std::error_code failure;
    fs::create_directories(target.parent_path(), failure);
    if (failure)
      throw infrastructure_error(target.parent_path().string(), "cannot be created: " + failure.message());
    do {
      if (::mkdir(path_.c_str(), 0777) != 0 && errno != EEXIST) refuse("cannot be created");
      folder_ = Descriptor(::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
      if (!folder_.is_open() && errno != ENOENT) refuse("cannot be opened");
      if (folder_.is_open() && ::flock(folder_.number(), LOCK_EX | LOCK_NB) != 0)
        throw infrastructure_error(target.string(), "another process is checking out to this place");
    } while (!is_still_there());  // its owner may have moved it to its place before we had the lock
    for (const fs::directory_entry& left : fs::directory_iterator(path_, failure))
      if (!failure) fs::remove_all(left.path(), failure);
    if (failure) throw infrastructure_error(path_.string(), "cannot be emptied: " + failure.message());
  }

  ~Scaffold() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  Scaffold(const Scaffold&) = delete;
  Scaffold& operator=(const Scaffold&) = delete;

  const fs::path& path() const { return path_; }

  /// Takes the target's place. Fails if somebody has put something there meanwhile.
  void finish(bool remove_old) {
    std::error_code failure;
    if (remove_old) fs::remove_all(target_, failure);
    if (failure || ::rename(path_.c_str(), target_.c_str()) != 0)
      throw infrastructure_error(
          target_.string(), "cannot be written: " + (failure ? failure.message() : std::strerror(errno)));
    path_.clear();
  }

 private:
  [[noreturn]] void refuse(const std::string& what) const {
    throw infrastructure_error(path_.string(), what + ": " + std::strerror(errno));
  }

  bool is_still_there() const {
    struct stat named {};
    struct stat held {};
    return folder_.is_open() && ::fstat(folder_.number(), &held) == 0 &&
           ::lstat(path_.c_str(), &named) == 0 && named.st_ino == held.st_ino && named.st_dev == held.st_dev;
  }

  fs::path target_, path_;
  Descriptor folder_;
};

void write_entry(const Store& store, const FileEntry& entry, const fs::path& folder) {
  const fs::path path = folder / entry.path;
  std::error_code failure;
  if (entry.path.find('/') != std::string::npos) fs::create_directories(path.parent_path(), failure);
  if (failure)
    throw infrastructure_error(path.parent_path().string(), "cannot be created: " + failure.message());
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                         entry.executable ? 0777 : 0666));
  if (!file.is_open())
    throw infrastructure_error(path.string(), std::string("cannot be created: ") + std::strerror(errno));
  store.objects().copy({entry.digest, entry.bytes}, file, path);
  if (!file.close())
    throw infrastructure_error(path.string(), std::string("cannot be written: ") + std::strerror(errno));
}

/// Hashing is what takes the time, so that two files at once take half of it.
void write_entries(const Store& store, const std::vector<FileEntry>& entries, const fs::path& folder) {
  constexpr unsigned most_workers = 8;
  const unsigned count = std::clamp(
      std::min(std::thread::hardware_concurrency(), static_cast<unsigned>(entries.size())), 1u, most_workers);
  std::atomic<std::size_t> next{0};
  std::vector<std::exception_ptr> failures(count);
  const auto work = [&](std::exception_ptr& failure) {
    try {
      for (std::size_t i = next++; i < entries.size(); i = next++) write_entry(store, entries[i], folder);
    } catch (...) {
      failure = std::current_exception();
      next = entries.size();
    }
  };
  {
    std::vector<std::jthread> workers;
    try {
      for (unsigned i = 1; i < count; ++i) workers.emplace_back(work, std::ref(failures[i]));
    } catch (const std::system_error&) {
      // No more threads are to be had; those that there are do the work.
    }
    work(failures[0]);
  }
  for (const std::exception_ptr& failure : failures)
    if (failure) std::rethrow_exception(failure);
}

}  // namespace

void checkout(const Store& store, const Manifest& manifest, const fs::path& folder) {
  fs::path target = fs::absolute(folder).lexically_normal();
  if (!target.has_filename()) target = target.parent_path();  // "out/"
  std::error_code failure;
  const fs::path real = fs::weakly_canonical(target, failure);
  if (failure) throw infrastructure_error(folder.string(), "cannot be written: " + failure.message());
  const fs::path inside = real.lexically_relative(fs::canonical(store.folder().path()));
  if (!inside.empty() && *inside.begin() != "..")
    throw usage_error(folder.string(), "lies within the store", "Name a folder outside of it.");
  Scaffold scaffold(target);
  const bool old = holds_old_checkout(store, target);
  write_entries(store, manifest.files, scaffold.path());
  scaffold.finish(old);
}

}  // namespace modelgate
