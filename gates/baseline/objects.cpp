#include "gates/baseline/objects.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <functional>

#include "gates/baseline/arrival.h"
#include "schemas/documents/manifest.h"
#include "schemas/documents/sha256.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t piece_bytes = 1 << 18;  // stays in the processor's cache while it is hashed and written
constexpr std::size_t algorithm = 7;          // "sha256:"
constexpr char remedy[] =
    "The store is damaged. Save the same files again to mend it, or restore it from a copy.";

std::string shelf_of(const std::string& digest) { return digest.substr(algorithm, 2); }
std::string name_of(const std::string& digest) { return digest.substr(algorithm + 2); }

bool is_hexadecimal(const std::string& text, std::size_t size) {
  return text.size() == size && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

std::string size_words(std::int64_t bytes) { return std::to_string(bytes) + " bytes"; }

/// Hands a file over in pieces.
void each_piece(const Descriptor& file, const fs::path& path,
                const std::function<void(std::string_view)>& take) {
  std::string piece(piece_bytes, '\0');
  while (const std::size_t got = read_some(file, piece.data(), piece.size(), path)) take({piece.data(), got});
}

bool same_state(const struct stat& a, const struct stat& b) {
  return a.st_size == b.st_size && a.st_mtim.tv_sec == b.st_mtim.tv_sec &&
         a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

}  // namespace

Objects Objects::find(const Folder& store) {
  std::optional<Folder> folder = store.folder(objects_name);
  if (!folder)
    throw infrastructure_error((store.path() / objects_name).string(), "is missing",
                               "Is this a baseline store?");
  return Objects(std::move(*folder));
}

Objects Objects::create(const Folder& store) { return Objects(store.created_folder(objects_name)); }

fs::path Objects::path_of(const std::string& digest) const {
  return folder_.path() / shelf_of(digest) / name_of(digest);
}

std::optional<Descriptor> Objects::open(const std::string& digest) const {
  const std::optional<Folder> shelf = folder_.folder(shelf_of(digest));
  if (!shelf) return std::nullopt;
  return shelf->file(name_of(digest));
}

bool Objects::has(const std::string& digest) const { return open(digest).has_value(); }

Objects::Kept Objects::keep(Arrival& arrival) const {
  const Kept object{arrival.digest(), arrival.bytes()};
  if (damage(object)) {
    const Folder shelf = folder_.created_folder(shelf_of(object.digest));
    arrival.place(shelf, name_of(object.digest));
  }
  return object;
}

Objects::Kept Objects::keep_file(const fs::path& path, const Folder& incoming) const {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (!file.is_open())
    throw infrastructure_error(path.string(), std::string("cannot be opened: ") + std::strerror(errno));
  struct stat before {};
  struct stat after {};
  if (::fstat(file.number(), &before) != 0 || !S_ISREG(before.st_mode))
    throw usage_error(path.string(), "is not a regular file", "Only files can be released.");
  Arrival arrival(incoming);
  each_piece(file, path, [&](std::string_view piece) { arrival.add(piece); });
  // What was copied has its own digest, but it may be half the old and half the new file.
  if (::fstat(file.number(), &after) != 0 || !same_state(before, after) || arrival.bytes() != after.st_size)
    throw infrastructure_error(path.string(), "changed while it was being saved",
                               "Save again when nothing writes it.");
  return keep(arrival);
}

Objects::Kept Objects::keep_text(std::string_view text, const Folder& incoming) const {
  Arrival arrival(incoming);
  arrival.add(text);
  return keep(arrival);
}

void Objects::copy(const Kept& object, const Descriptor& to, const fs::path& to_path) const {
  const fs::path path = path_of(object.digest);
  const std::optional<Descriptor> file = open(object.digest);
  if (!file) throw infrastructure_error(path.string(), "is missing: expected " + object.digest, remedy);
  Sha256 sha;
  std::int64_t bytes = 0;
  each_piece(*file, path, [&](std::string_view piece) {
    sha.add(piece);
    write_all(to, piece, to_path);
    bytes += static_cast<std::int64_t>(piece.size());
  });
  const std::string digest = sha.text();
  if (digest != object.digest)
    throw infrastructure_error(path.string(), "is damaged: expected " + object.digest + ", found " + digest,
                               remedy);
  if (bytes != object.bytes)
    throw infrastructure_error(path.string(),
                               "expected " + size_words(object.bytes) + ", found " + size_words(bytes));
}

std::string Objects::text(const std::string& digest) const {
  const fs::path path = path_of(digest);
  const std::optional<Folder> shelf = folder_.folder(shelf_of(digest));
  std::optional<std::string> text;
  if (shelf) text = read_text(*shelf, name_of(digest));
  if (!text) throw infrastructure_error(path.string(), "is missing: expected " + digest, remedy);
  if (const std::string found = digest_of_bytes(*text); found != digest)
    throw infrastructure_error(path.string(), "is damaged: expected " + digest + ", found " + found, remedy);
  return std::move(*text);
}

std::optional<Damage> Objects::damage(const Kept& object) const {
  const fs::path path = path_of(object.digest);
  try {
    const std::optional<Descriptor> file = open(object.digest);
    if (!file) return Damage{path, "is missing: expected " + object.digest};
    Sha256 sha;
    std::int64_t bytes = 0;
    each_piece(*file, path, [&](std::string_view piece) {
      sha.add(piece);
      bytes += static_cast<std::int64_t>(piece.size());
    });
    const std::string digest = sha.text();
    if (digest != object.digest)
      return Damage{path, "is damaged: expected " + object.digest +
                              (object.bytes < 0 ? "" : " of " + size_words(object.bytes)) + ", found " +
                              digest + " of " + size_words(bytes)};
    if (object.bytes >= 0 && bytes != object.bytes)
      return Damage{path, "expected " + size_words(object.bytes) + ", found " + size_words(bytes)};
  } catch (const Error& error) {
    return Damage{error.where(), error.message()};
  }
  return std::nullopt;
}

std::vector<std::string> Objects::all(std::vector<Damage>& foreign) const {
  std::vector<std::string> digests;
  for (const std::string& shelf_name : folder_.names()) {
    try {
      if (!is_hexadecimal(shelf_name, 2)) {
        foreign.push_back({folder_.path() / shelf_name, "does not belong among the objects"});
        continue;
      }
      const std::optional<Folder> shelf = folder_.folder(shelf_name);
      if (!shelf) continue;
      for (const std::string& name : shelf->names())
        if (is_hexadecimal(name, 62))
          digests.push_back("sha256:" + shelf_name + name);
        else
          foreign.push_back({shelf->path() / name, "does not belong among the objects"});
    } catch (const Error& error) {
      foreign.push_back({error.where(), error.message()});
    }
  }
  return digests;
}

}  // namespace modelgate
