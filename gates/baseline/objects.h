#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gates/baseline/folder.h"

namespace modelgate {

/// The folder of a store for its objects.
inline constexpr char objects_name[] = "objects";

/// Something in a store that is not as it was written.
struct Damage {
  std::filesystem::path file;
  std::string words;  ///< "expected sha256:…, found sha256:…"
};

/// The bytes that a store keeps, each file once, under its SHA-256: objects/ab/cdef…
class Objects {
 public:
  /// Errors: kind infrastructure if the store has no real folder for them.
  static Objects find(const Folder& store);
  static Objects create(const Folder& store);

  struct Kept {
    std::string digest;
    std::int64_t bytes = 0;
  };
  /// Copies a file in, hashing what it copies. One that is there already is looked at, and replaced if it was
  /// damaged. Errors: kind usage if it is no regular file; kind infrastructure if it cannot be read or
  /// written, or changes meanwhile.
  Kept keep_file(const std::filesystem::path& file, const Folder& incoming) const;
  Kept keep_text(std::string_view text, const Folder& incoming) const;

  bool has(const std::string& digest) const;
  /// Writes an object into an open file. Errors: kind infrastructure if it is missing or is not of this
  /// digest and size.
  void copy(const Kept& object, const Descriptor& to, const std::filesystem::path& to_path) const;
  /// A document that is kept. Errors likewise.
  std::string text(const std::string& digest) const;
  /// Reads the object; what is wrong with it, if anything is. A size below 0 is not compared.
  std::optional<Damage> damage(const Kept& object) const;
  /// Every object, by its digest; what lies among them and is none goes into `foreign`.
  std::vector<std::string> all(std::vector<Damage>& foreign) const;

 private:
  explicit Objects(Folder folder) : folder_(std::move(folder)) {}
  std::filesystem::path path_of(const std::string& digest) const;
  std::optional<Descriptor> open(const std::string& digest) const;
  Kept keep(class Arrival& arrival) const;

  Folder folder_;
};

}  // namespace modelgate
